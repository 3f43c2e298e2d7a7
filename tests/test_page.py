"""The HTML report in a real browser: opened, filtered, searched, unfolded and printed, light, dark and on a phone."""

import os
import re
import shutil

import pytest
from shelf import EXAMPLE

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine: apt-get install chromium")
PAGES_OF_FOUR_MODELS = 8
EVIL = """models:
- {id: "evil/<img src=x onerror=document.title=1>", because: it came so}
use: {distribution: [internal], fields_of_use: [military]}
waivers:
- {rule: deepseek-model-1.0#use-military, subject: deepseek-ai/DeepSeek-V3, reason: agreed in writing, owner: legal,
   until: 2027-01-31}
"""


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, modelcheck, tmp_path):
    """Opens the report of a project; what the page tells its console and asks the network is kept."""

    def open_(folder=EXAMPLE, *, scheme="light", width=1100, height=900):
        report = tmp_path / "report.html"
        modelcheck("audit", folder, "--as-of", "2026-11-23", "--format", f"html={report}")
        opened = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        opened.faults = []
        opened.on("console", lambda message: opened.faults.append(message.text))
        opened.on("pageerror", lambda problem: opened.faults.append(str(problem)))
        opened.on(
            "request",
            lambda request: opened.faults.append(request.url) if not request.url.startswith("file:") else None,
        )
        opened.goto(report.as_uri())
        pages.append(opened)
        return opened

    pages = []
    yield open_
    for opened in pages:
        assert opened.faults == []
        opened.close()


def _shown(opened):
    return [card.inner_text() for card in opened.locator("article:visible h2").all()]


def test_the_first_screen_says_what_and_why(page):
    opened = page()
    assert opened.locator("h1").inner_text() == "Prohibited"
    first = opened.locator(".summary tbody tr").first
    assert first.bounding_box()["y"] < 400
    assert "shop/photo-reader-v2" in first.inner_text()
    assert "European Union" in first.inner_text()


def test_verdicts_filter_and_words_search(page):
    opened = page()
    everything = _shown(opened)
    assert len(everything) == 4
    opened.get_by_role("button", name="1 prohibited").click()
    assert _shown(opened) == ["shop/photo-reader-v2"]
    assert opened.locator(".summary tbody tr:visible").count() == 1
    assert opened.get_by_role("status").inner_text() == "1 of 4 shown"
    opened.get_by_role("button", name="1 permitted").click()
    assert len(_shown(opened)) == 2
    for verdict in ("prohibited", "permitted"):
        opened.get_by_role("button", name=f"1 {verdict}").click()
    opened.get_by_role("searchbox").fill("attachment restrictions")
    assert _shown(opened) == ["deepseek-ai/DeepSeek-V3"]
    opened.get_by_role("searchbox").fill("no such words")
    assert _shown(opened) == []
    opened.get_by_role("searchbox").fill("")
    assert _shown(opened) == everything


def test_the_keyboard_reaches_and_turns_everything(page):
    opened = page()
    for _ in range(40):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.dataset.verdict") == "conditional":
            break
    opened.keyboard.press("Space")
    assert _shown(opened) == ["deepseek-ai/DeepSeek-V3"]
    assert opened.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    for _ in range(40):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    opened.keyboard.press("Enter")
    assert opened.locator("details[open]").count() == 1


def test_a_clause_unfolds_to_its_source_hash_and_proof(page):
    opened = page()
    card = opened.locator("article").first
    clause = card.locator("details.cited", has_text="eu-multimodal")
    assert not clause.locator("dl").is_visible()
    clause.locator("summary").click()
    told = clause.inner_text()
    assert re.search(r"SHA-256\s+[0-9a-f]{64}", told)
    assert "Llama 3.2 Acceptable Use Policy" in told
    assert "finetune of meta-llama/Llama-3.2-11B-Vision-Instruct" in told
    assert "true" in clause.locator(".proof").inner_text()
    opened.get_by_role("button", name="Expand all").click()
    assert opened.locator("details:not([open])").count() == 0
    opened.get_by_role("button", name="Collapse all").click()
    assert opened.locator("details[open]").count() == 0


def test_lineage_is_drawn_and_described(page):
    opened = page()
    drawing = opened.locator("article").first.get_by_role("img")
    assert "finetune of meta-llama/Llama-3.2-11B-Vision-Instruct" in drawing.get_attribute("aria-label")
    boxes = [box.bounding_box() for box in drawing.locator("rect").all()]
    texts = [text.bounding_box() for text in drawing.locator(".node text").all()]
    assert all(text["width"] < box["width"] - 20 for box, text in zip(boxes, texts, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1100])
def test_every_text_is_legible_and_nothing_overflows(page, scheme, width):
    opened = page(scheme=scheme, width=width)
    opened.get_by_role("button", name="Expand all").click()
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    faint = opened.evaluate(CONTRAST)
    assert faint == []
    if folder := os.environ.get("MODELCHECK_SCREENSHOTS"):
        opened.screenshot(path=f"{folder}/{scheme}-{width}.png", full_page=True)


CONTRAST = """() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = node => { for (; node; node = node.parentElement) { const style = getComputedStyle(node).backgroundColor;
    const colour = style.startsWith("rgb") ? parse(style) : [0, 0, 0, 0];
    if (colour.length === 3 || colour[3] === 1) return colour; } return [255, 255, 255]; };
  const found = new Set();
  for (const node of document.querySelectorAll("body *")) {
    if (![...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim())) continue;
    if (node.closest("svg,script") || !node.getClientRects().length) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) found.add(node.className + ": " + node.textContent.slice(0, 40));
  } return [...found]; }"""


def test_the_print_has_everything_unfolded_and_no_controls(page, tmp_path):
    opened = page()
    path = tmp_path / "report.pdf"
    opened.pdf(path=path, format="A4")
    assert opened.locator("details[open]").count() == 0
    assert path.stat().st_size > 20_000
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) <= PAGES_OF_FOUR_MODELS
    tool = shutil.which("pdftotext")
    if tool is None:
        return
    import subprocess

    text = subprocess.run([tool, "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "SHA-256" in text
    assert "Expand all" not in text
    assert "https://github.com/meta-llama/" in text


def test_paper_cites_every_clause_and_says_of_each_document_once_where_it_is(page):
    opened = page()
    hashes = {one.inner_text() for one in opened.locator(".listed td:last-child code").all()}
    told = set(re.findall(r"<dd><code>([0-9a-f]{64})</code>", opened.content()))
    assert told
    assert told <= hashes
    opened.emulate_media(media="print")
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    cited = opened.locator("details.cited")
    assert cited.count()
    assert all(one.locator("> summary").is_visible() for one in cited.all())
    assert not any("SHA-256" in one.inner_text() for one in cited.all())


def test_names_that_mean_harm_do_none_and_waivers_are_listed(page, tmp_path):
    folder = tmp_path / "evil"
    folder.mkdir()
    (folder / "modelcheck.yaml").write_text(EVIL)
    (folder / "app.py").write_text('m = AutoModel.from_pretrained("deepseek-ai/DeepSeek-V3")\n')
    opened = page(folder)
    assert opened.title().startswith("modelcheck")
    assert opened.locator("img").count() == 0
    waived = opened.locator("section", has_text="Waived").inner_text()
    assert "agreed in writing" in waived
    assert "legal" in waived
    assert "1 rule waived" in opened.locator(".summary").inner_text()
    assert opened.locator("article", has_text="DeepSeek-V3").locator(".state.waived").count() == 1


def test_every_ancestor_is_drawn_under_what_was_made_from_it(page, tmp_path):
    folder = tmp_path / "mix"
    folder.mkdir()
    (folder / "modelcheck.yaml").write_text(
        "models:\n- {id: acme/mix, because: ours, parents: [{id: deepseek-ai/DeepSeek-V3, relation: merge}, "
        "{id: meta-llama/Llama-2-7b-hf, relation: merge}]}\n"
    )
    drawing = page(folder).locator("article").first.get_by_role("img")
    names = [text.text_content() for text in drawing.locator(".node text").all()]
    assert names == ["acme/mix", "deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-V3-Base", "meta-llama/Llama-2-7b-hf"]
