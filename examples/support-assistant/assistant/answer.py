"""Answers a question: our hosted model first, the API where it is not sure."""

from openai import OpenAI
from transformers import AutoModelForCausalLM, AutoTokenizer

ANSWERING_MODEL = "deepseek-ai/DeepSeek-V3"

tokenizer = AutoTokenizer.from_pretrained(ANSWERING_MODEL)
model = AutoModelForCausalLM.from_pretrained(ANSWERING_MODEL, device_map="auto")
client = OpenAI()


def answer(question: str, passages: list[str]) -> str:
    """Answer from the passages of the manual that fit the question."""
    prompt = "\n\n".join([*passages, question])
    inputs = tokenizer(prompt, return_tensors="pt").to(model.device)
    text = tokenizer.decode(model.generate(**inputs, max_new_tokens=400)[0])
    return text if "[unsure]" not in text else second_opinion(prompt)


def second_opinion(prompt: str) -> str:
    """Ask the API."""
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])
    return reply.choices[0].message.content or ""
