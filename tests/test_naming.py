"""What people write for a model leads to the one that it is, and to who runs it."""

import pytest
from shelf import CATALOG

from compliance.audit import Auditor

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("ollama:llama3.1:8b", LLAMA),
        ("llama3.1:8b", LLAMA),
        ("ollama/llama3.1:8b", LLAMA),
        ("ollama_chat/llama3.1", LLAMA),
        ("llama3.1:8b-instruct-q4_K_M", LLAMA),
        ("hosted_vllm/meta-llama/Llama-3.1-8B-Instruct", LLAMA),
        ("meta-llama/Llama-3.1-8B-Instruct:Q4_K_M", LLAMA),
        ("META-LLAMA/llama-3.1-8b-instruct", LLAMA),
        ("deepseek-r1:14b", "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"),
        ("deepseek-r1:70b", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"),
        ("gpt-oss:20b", "openai/gpt-oss-20b"),
        ("glm-4.7-flash:q4_K_M", "zai-org/GLM-4.7-Flash"),
        ("ollama:phi3", "microsoft/Phi-3-mini-4k-instruct"),
        ("ollama:command-r", "CohereLabs/c4ai-command-r-v01"),
        ("docker:ai/llama3.2:3B-Q4_K_M", "meta-llama/Llama-3.2-3B-Instruct"),
        ("docker:ai/llama3.2:1B-Q8_0", "meta-llama/Llama-3.2-1B-Instruct"),
        ("ai/smollm2:360M-Q4_K_M", "HuggingFaceTB/SmolLM2-360M-Instruct"),
        ("docker.io/ai/gemma3:latest", "google/gemma-3-4b-it"),
        ("docker_model_runner/ai/phi4", "microsoft/phi-4"),
        ("torchhub:ultralytics/yolov5/yolov5s", "Ultralytics/YOLOv5"),
        ("all-mpnet-base-v2", "sentence-transformers/all-mpnet-base-v2"),
        ("gpt2", "openai-community/gpt2"),
        ("spacy:en_core_web_sm", "spacy/en_core_web_sm"),
        ("BERT-base-uncased", "google-bert/bert-base-uncased"),
        ("gpt-4o-2024-08-06", "openai:gpt-4o"),
        ("timm:resnet50.a1_in1k", "timm/resnet50.a1_in1k"),
        ("timm:resnet50", "timm/resnet50.a1_in1k"),
        ("timm:timm/vit_base_patch16_224.mae", "timm/vit_base_patch16_224.mae"),
        ("coqui:tts_models/multilingual/multi-dataset/xtts_v2", "coqui/XTTS-v2"),
        ("gensim:glove-wiki-gigaword-100", "gensim-data/glove-wiki-gigaword-100"),
        ("clip:ViT-B/32", "openai/clip-vit-base-patch32"),
        ("tts_models/de/thorsten/vits", "tts_models/de/thorsten/vits"),
        ("open_clip:ViT-B-32/laion2b_s34b_b79k", "laion/CLIP-ViT-B-32-laion2B-s34B-b79K"),
    ],
)
def test_a_name_for_weights_leads_to_exactly_those(name, model):
    found = CATALOG.model(name)
    assert (found.id, found.access) == (model, None)


@pytest.mark.parametrize(
    "name",
    [
        "llama3.1:8b-text-q4_K_M",
        "llama3.1:9b",
        "deepseek-r1:8b",
        "gemma:7b",
        "gpt-oss:20b-cloud",
        "docker:ollama/ollama",
        "ollama:no-such-model",
    ],
)
def test_a_tag_that_may_be_something_else_leads_nowhere(name):
    assert CATALOG.model(name) is None


@pytest.mark.parametrize(
    ("name", "subject", "service", "license_"),
    [
        ("groq/llama-3.3-70b-versatile", "groq:llama-3.3-70b-versatile", "groqcloud", "llama-3.3-community"),
        ("gateway:groq/llama-3.3-70b-versatile", "groq:llama-3.3-70b-versatile", "groqcloud", "llama-3.3-community"),
        ("together_ai/mistralai/Mixtral-8x7B-Instruct-v0.1", "together_ai:mistralai/Mixtral-8x7B-Instruct-v0.1",
         "together-ai", "apache-2.0"),
        ("fireworks_ai/accounts/fireworks/models/llama-v3p1-8b-instruct",
         "fireworks_ai:accounts/fireworks/models/llama-v3p1-8b-instruct", "fireworks-ai", "llama-3.1-community"),
        ("openrouter/meta-llama/llama-3.3-70b-instruct:free", "openrouter:meta-llama/llama-3.3-70b-instruct",
         "openrouter-api", "llama-3.3-community"),
        ("eu.meta.llama3-2-1b-instruct-v1:0", "bedrock:meta.llama3-2-1b-instruct-v1:0", "aws-bedrock", "llama-3.2-community"),
        ("vertex_ai/meta/llama-3.3-70b-instruct-maas", "vertex_ai:meta/llama-3.3-70b-instruct-maas",
         "google-vertex-ai", "llama-3.3-community"),
        ("groq:meta-llama%2Fllama-guard-4-12b", "groq:meta-llama/llama-guard-4-12b", "groqcloud", "llama-4-community"),
        ("us.meta.llama3-1-8b-instruct-v1:0:128k", "bedrock:meta.llama3-1-8b-instruct-v1:0", "aws-bedrock",
         "llama-3.1-community"),
        ("fireworks:accounts/fireworks/models/qwen2p5-coder-3b-instruct",
         "fireworks:accounts/fireworks/models/qwen2p5-coder-3b-instruct", "fireworks-ai", "qwen-research"),
        ("fireworks_ai/glm-4p7", "fireworks_ai:glm-4p7", "fireworks-ai", "mit"),
        ("deepinfra/meta-llama/Llama-3.1-8B-Instruct", "deepinfra:meta-llama/Llama-3.1-8B-Instruct", None,
         "llama-3.1-community"),
        ("meta.llama3-1-70b-instruct-v1:0", "bedrock:meta.llama3-1-70b-instruct-v1:0", "aws-bedrock", "llama-3.1-community"),
        ("us-gov.nvidia.nemotron-super-3-120b", "bedrock:nvidia.nemotron-super-3-120b", "aws-bedrock",
         "nvidia-nemotron-open-model"),
        ("bedrock_mantle/us-gov-west-1/google.gemma-4-31b", "bedrock:google.gemma-4-31b", "aws-bedrock", "apache-2.0"),
        ("meta_llama/Llama-3.3-70B-Instruct", "meta_llama:Llama-3.3-70B-Instruct", "meta-model-api", "llama-3.3-community"),
        ("@cf/meta/llama-3.1-8b-instruct-fp8", "cloudflare:@cf/meta/llama-3.1-8b-instruct-fp8", None, "llama-3.1-community"),
        ("cloudflare/@cf/mistral/mistral-7b-instruct-v0.1", "cloudflare:@cf/mistral/mistral-7b-instruct-v0.1", None,
         "apache-2.0"),
    ],
)  # fmt: skip
def test_weights_that_somebody_else_runs_come_with_the_host_and_their_own_licence(name, subject, service, license_):
    found = CATALOG.model(name)
    assert (found.id, found.service, found.license) == (subject, service, license_)
    assert found.access == "third-party-api"
    assert CATALOG.model(found.id) == found, "the subject is found again by its own name"


@pytest.mark.parametrize(
    ("name", "subject", "service"),
    [
        ("azure/gpt-4o", "azure:gpt-4o", "azure-openai"),
        ("azure/eu/gpt-4o-2024-08-06", "azure:eu/gpt-4o-2024-08-06", "azure-openai"),
        ("azure:gpt-35-turbo", "azure:gpt-35-turbo", "azure-openai"),
        ("azure/us-gov/gpt-5.1", "azure:us-gov/gpt-5.1", "azure-openai"),
        ("azure/gpt-5.5-2026-04-24", "azure:gpt-5.5-2026-04-24", "azure-openai"),
        ("claude-3-5-sonnet@20240620", "vertex_ai:claude-3-5-sonnet@20240620", "google-vertex-ai"),
        ("vertex_ai/claude-3-5-sonnet@20240620", "vertex_ai:claude-3-5-sonnet@20240620", "google-vertex-ai"),
        ("projects/p/locations/global/publishers/anthropic/models/claude-3-5-sonnet@20240620",
         "vertex_ai:claude-3-5-sonnet@20240620", "google-vertex-ai"),
        ("vertex_ai/claude-opus-4-6@default", "vertex_ai:claude-opus-4-6@default", "google-vertex-ai"),
        ("vertex_ai/mistral-large@2407", "vertex_ai:mistral-large@2407", "google-vertex-ai"),
        ("github_copilot:claude-opus-4.5", "github_copilot:claude-opus-4.5", "github-copilot"),
        ("github:openai/gpt-4o", "github:openai/gpt-4o", "github-models"),
        ("github:cohere/cohere-command-r-plus", "github:cohere/cohere-command-r-plus", "github-models"),
        ("azure:gpt-5.1-chat", "azure:gpt-5.1-chat", "azure-openai"),
        ("bedrock:amazon.titan-text-express-v1:0:8k", "bedrock:amazon.titan-text-express-v1", "aws-bedrock"),
        ("publishers/google/models/gemini-2.5-pro", "vertex_ai:gemini-2.5-pro", "google-vertex-ai"),
        ("gemini/gemini-2.5-pro", "google:gemini-2.5-pro", "gemini-api"),
        ("models/gemini-2.5-pro", "google:gemini-2.5-pro", "gemini-api"),
        ("openrouter/anthropic/claude-3.5-sonnet", "openrouter:anthropic/claude-3.5-sonnet", "openrouter-api"),
        *((name, "bedrock:anthropic.claude-3-5-sonnet-20240620-v1:0", "aws-bedrock") for name in (
            "anthropic.claude-3-5-sonnet-20240620-v1:0",
            "us.anthropic.claude-3-5-sonnet-20240620-v1:0",
            "apac.anthropic.claude-3-5-sonnet-20240620-v1:0",
            "bedrock/us-east-1/anthropic.claude-3-5-sonnet-20240620-v1:0",
            "bedrock/converse/eu.anthropic.claude-3-5-sonnet-20240620-v1:0",
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-sonnet-20240620-v1:0",
            "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-3-5-sonnet-20240620-v1:0",
        )),
    ],
)  # fmt: skip
def test_a_providers_model_behind_another_door_stands_under_the_terms_of_the_door(name, subject, service):
    found = CATALOG.model(name)
    assert (found.id, found.service, found.license) == (subject, service, None)
    assert CATALOG.model(found.id) == found


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("azure/eu/codex-mini", "azure:azure/codex-mini"),
        ("vertex_ai/codestral-2", "vertex_ai:mistralai/codestral-2@001"),
        ("vertex_ai/mistral-nemo@latest", "vertex_ai:mistralai/mistral-nemo@2407"),
        ("gemini/lyria-3.5", "google:lyria-3.5"),
        ("gateway:fal-ai/flux/dev", "fal_ai:fal-ai/flux/dev"),
        ("fal_ai/bytedance/seedance-2.0/text-to-video", "fal_ai:bytedance/seedance-2.0/text-to-video"),
        ("azure_ai/embed-v-4-0", "azure_ai:azure_ai/embed-v-4-0"),
        ("ft:gpt-4o-mini-2024-07-18:acme::9xYz", "openai:gpt-4o-mini"),
        ("openai:ft:gpt-4o-mini-2024-07-18:acme::9xYz", "openai:gpt-4o-mini"),
        ("global.xai.grok-4.7", "bedrock:xai.grok-4.7"),
    ],
)
def test_a_name_that_a_host_made_up_or_added_to_leads_to_the_model_it_has(name, model):
    assert CATALOG.model(name).id == model


@pytest.mark.parametrize(
    "name", ["ft:no-such-model:acme::1", "model.gguf", "@cf/nobody/nothing-fp8", "azure/whisper-9"]
)
def test_what_is_added_to_a_name_makes_no_model_of_it(name):
    assert CATALOG.model(name) is None


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("gateway:openai/gpt-4o", "openai:gpt-4o"),
        ("gateway:anthropic/claude-sonnet-4.5", "anthropic:claude-sonnet-4-5"),
        ("gateway:google/gemini-2.0-flash", "google:gemini-2.0-flash"),
        ("gateway:openai/gpt-oss-120b", "openai/gpt-oss-120b"),
        ("gateway:Meta-Llama-3.1-8B-Instruct", LLAMA),
        ("gateway:llama3.1-8b", LLAMA),
        ("gateway:meta/llama-3.1-8b", LLAMA),
        ("gateway:meta-llama%2FLlama-3.1-8B-Instruct", LLAMA),
        ("gateway:Meta-Llama-Guard-3-8B", "meta-llama/Llama-Guard-3-8B"),
        ("gateway:Qwen2.5-Coder-32B-Instruct", "Qwen/Qwen2.5-Coder-32B-Instruct"),
        ("gateway:anthropic/claude-3.7-sonnet-thinking", "anthropic:claude-3-7-sonnet"),
        ("gateway:gpt-4o", "openai:gpt-4o"),
        ("vercel:meta/llama-3.2-11b", "meta-llama/Llama-3.2-11B-Vision-Instruct"),
        ("vercel:meta/llama-4-scout", "meta-llama/Llama-4-Scout-17B-16E-Instruct"),
        ("vercel:anthropic/claude-4.5-sonnet", "anthropic:claude-sonnet-4-5"),
        ("vercel:zai/glm-4.5-air", "zai:glm-4.5-air"),
        ("cerebras:zai-glm-4.7", "zai-org/GLM-4.7"),
        ("vercel:meta/meta-llama-3.1-8b-instruct", LLAMA),
        ("vercel:cohere/cohere-command-r-plus", "cohere:command-r-plus"),
    ],
)
def test_a_model_behind_a_gateway_without_terms_is_not_the_owners_own_service(name, weights):
    found = CATALOG.model(name)
    assert (found.id, found.service, found.weights) == (name, None, weights)
    assert CATALOG.model(found.id) == found


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("azure:phi-4-mini", "microsoft/Phi-4-mini-instruct"),
        ("azure:grok-3", "xai:grok-3"),
        ("azure_ai:Meta-Llama-3.1-8B-Instruct", LLAMA),
    ],
)
def test_a_model_that_azure_runs_beside_openais_stands_under_the_terms_of_its_catalogue(name, weights):
    found = CATALOG.model(name)
    assert (found.id, found.service, found.weights) == (name, "azure-ai-models", weights)


@pytest.mark.parametrize("name", ["replicate:meta/llama-2-7b", "together_ai/meta-llama/Llama-2-7b-hf"])
def test_a_host_of_bare_models_is_not_taken_to_mean_the_tuned_one(name):
    assert CATALOG.model(name).weights == "meta-llama/Llama-2-7b-hf"


@pytest.mark.parametrize("name", ["gateway:llama-3.1-9b", "gateway:qwen-best", "azure:my-deployment", "llama-3.1-8b"])
def test_a_name_like_a_makers_leads_nowhere_where_no_model_has_it(name):
    assert CATALOG.model(name) is None


def test_a_version_is_written_with_a_point_or_a_dash():
    assert CATALOG.model("anthropic/claude-haiku-4.5") == CATALOG.model("anthropic:claude-haiku-4-5")


def test_the_hosts_terms_are_stacked_on_the_licence_of_the_weights():
    found = Auditor(CATALOG, as_of="2026-11-27").assess("groq/llama-3.3-70b-versatile", use={"commercial": True})
    assert found.access == "third-party-api"
    assert {"groqcloud/paid", "llama-3.3-community", "llama-3.3-use-policy"} <= set(found.documents)


def test_a_gateway_that_nobody_read_leaves_the_verdict_open_and_says_so():
    name = "deepinfra/mistralai/Mixtral-8x7B-Instruct-v0.1"
    found = Auditor(CATALOG, as_of="2026-11-27").assess(name, use={"distribution": frozenset({"internal"})})
    assert found.verdict == "undetermined"
    assert any("the service that runs" in reason for reason in found.review)


@pytest.mark.parametrize(
    ("date", "document"),
    [("2023-11-22", "yi-series-2.0"), ("2024-05-29", "yi-series-community-2.1"), ("2024-05-30", "apache-2.0")],
)
def test_a_model_stands_under_the_licence_of_the_day(date, document):
    assert Auditor(CATALOG, as_of=date).assess("01-ai/Yi-34B", use={}).documents == (document,)


def test_a_model_in_use_whose_licence_nobody_confirmed_is_said_to_exist():
    seen = next(iter(CATALOG.unconfirmed.values()))
    found = Auditor(CATALOG, as_of="2026-11-27").assess(seen.id, use={})
    assert found.verdict == "undetermined"
    assert any("it is in use" in reason and seen.reason in reason for reason in found.review)


def test_a_use_policy_beside_a_licence_forbids_and_does_not_take_its_grant_away():
    use = {"commercial": False, "purpose": frozenset({"research"}), "distribution": frozenset({"internal"})}
    auditor = Auditor(CATALOG, as_of="2026-11-27")
    found = auditor.assess("CohereLabs/aya-expanse-8b", use=use)
    assert found.documents == ("cc-by-nc-4.0", "c4ai-aup")
    assert found.verdict == "permitted"
    assert auditor.assess("CohereLabs/aya-expanse-8b", use={**use, "commercial": True}).verdict == "prohibited"
