"""A visitor who has never been here finds their way: by mouse, by keys alone, without script."""

from __future__ import annotations

from playwright.sync_api import expect

# What has the focus, and whether it or its nearest (a label drawn as the box) shows it.
FOCUSED = """() => {
  const focused = document.activeElement;
  const near = [focused, focused.parentElement, focused.nextElementSibling].filter(Boolean);
  const ring = near.map(part => getComputedStyle(part)).some(style =>
    (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none');
  const name = focused.innerText || focused.getAttribute('aria-label') || focused.name;
  return {name: (name || focused.tagName).trim(), ring, isPage: focused === document.body};
}"""


def test_a_visitor_reads_what_the_partnership_wants_and_who_is_here(visit):
    page = visit().page()

    page.goto("/nb/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sammen får vi ting til å skje!")
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Strategi").click()
    page.get_by_role("link", name="Bioøkonomi").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bioøkonomi")
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Balanse").click()
    expect(page.get_by_role("table").first).to_contain_text("Fredrikstad")


def test_a_search_answers_while_one_types_and_its_address_can_be_shared(visit):
    page = visit().page()

    page.goto("/nb/hvem-er-hvem/")
    page.get_by_role("searchbox", name="Søk").press_sequentially("borreg", delay=30)
    expect(page.get_by_role("link", name="Halden kommune")).to_have_count(0)
    expect(page.get_by_role("link", name="Borregaard ASA")).to_be_visible()

    shared = visit().page()
    shared.goto(page.url)
    expect(shared.get_by_role("link", name="Borregaard ASA")).to_be_visible()
    expect(shared.get_by_role("link", name="Halden kommune")).to_have_count(0)


def test_the_same_search_works_without_javascript(visit):
    page = visit(java_script_enabled=False).page()

    page.goto("/nb/hvem-er-hvem/")
    page.get_by_role("searchbox", name="Søk").fill("borreg")
    page.get_by_role("button", name="Søk").click()

    expect(page.get_by_role("link", name="Borregaard ASA")).to_be_visible()
    expect(page.get_by_role("link", name="Halden kommune")).to_have_count(0)


def test_the_language_switch_keeps_the_reader_on_the_page(visit):
    page = visit().page()

    page.goto("/nb/strategi/fokusomrade/bioeconomy/")
    page.get_by_text("Bokmål").first.click()
    page.get_by_role("link", name="Svenska").click()
    expect(page).to_have_url(f"{page.url.split('/sv/')[0]}/sv/strategi/fokusomrade/bioeconomy/")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_text("Svenska").first.click()
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{page.url.split('/en/')[0]}/en/strategy/focus-area/bioeconomy/")


def test_the_first_key_leads_past_the_menu(visit):
    page = visit().page()

    page.goto("/nb/dekning/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_everything_in_the_directory_is_reached_and_seen_by_keyboard(visit):
    page = visit().page()
    page.goto("/nb/hvem-er-hvem/")

    unseen = []
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        state = page.evaluate(FOCUSED)
        if state["isPage"]:
            break
        reached.add(state["name"])
        if not state["ring"]:
            unseen.append(state["name"])

    assert unseen == []
    assert {"Logg inn", "Borregaard ASA", "Åpne data"} <= reached


def test_a_phone_shows_the_way_in_and_the_first_action_at_once(visit):
    page = visit(viewport={"width": 390, "height": 844}).page()

    page.goto("/nb/")

    expect(page.get_by_role("link", name="Logg inn")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Se hvem som er hvem")).to_be_in_viewport()


def test_an_unknown_address_helps_in_the_readers_own_language(visit):
    unknown = visit()
    unknown.expected.append("404")
    page = unknown.page()

    answer = page.goto("/sv/finns-inte/")

    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_role("main").get_by_role("link").first.click()
    assert "/sv/" in page.url
