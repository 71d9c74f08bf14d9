"""The page of screenshots is up to date; `make generated` writes it."""

from tests.pictures import gallery

PNG = b"\x89PNG\r\n\x1a\n"


def test_the_page_shows_the_present_drawings() -> None:
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.page()
    files = {path.name: path.read_bytes() for path in gallery.FOLDER.iterdir()}
    assert files.keys() == gallery.pictures().keys()
    assert all(content.startswith(PNG) and len(content) < 100_000 for content in files.values())
