"""Models as other languages than Python, and files that are no code, write them: what a gate must see, and no more."""

import pytest

SEEN: dict[str, tuple[str, str, str]] = {
    "models of further services are known by their names": (
        "src/models.ts",
        """
export const MENU = ["qwen-max", "moonshot-v1-8k", "glm-4-plus", "solar-pro", "qwen-7b-chat", "ernie-4.0-8k"];
export const VOICE = "eleven_multilingual_v2";
""",
        "qwen-max moonshot-v1-8k glm-4-plus solar-pro ernie-4.0-8k eleven_multilingual_v2",
    ),
    "a key names the service of a model that only it has": (
        "application.yml",
        """
spring:
  ai:
    dashscope:
      chat:
        options:
          model: qwen-long
watsonx:
  model_id: ibm/granite-13b-chat-v2
""",
        "qwen-long ibm/granite-13b-chat-v2",
    ),
}
"""A path, a text, and what is seen in it; `?name` is listed as unresolved."""


@pytest.mark.parametrize("name", SEEN)
def test_what_a_gate_must_see_is_seen(see, name):
    path, text, expected = SEEN[name]
    found = see(path, text)
    gating = {item.text for item in found if item.gate}
    in_use = {"used", "default", "option"}
    riddles = {f"?{item.text}" for item in found if item.resolved is None and item.location.role in in_use}
    assert gating | riddles == set(expected.split())
