"""What Explore's scripts import is known before the browser has read them."""

from __future__ import annotations

import pytest

from archive.pages.modules import modules_of


def test_modules_are_followed_through_everything_they_import():
    found = modules_of("js/elements/explore-view.js")
    assert found[0] == "js/elements/explore-view.js"
    assert {"js/lib/http.js", "js/lib/selection.js", "js/lib/dom.js"} <= set(found)
    assert len(found) == len(set(found))


def test_imports_over_several_lines_are_followed(tmp_path, settings):
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "one.js").write_text(
        'import {\n  a,\n  b,\n} from "./two.js";\nimport "./three.js";\n'
    )
    (tmp_path / "js" / "two.js").write_text('export { c } from "./three.js";\n')
    (tmp_path / "js" / "three.js").write_text('const text = "import nothing";\n')
    settings.STATICFILES_DIRS = [tmp_path]
    assert modules_of.__wrapped__("js/one.js") == ("js/one.js", "js/two.js", "js/three.js")


def test_a_module_that_is_not_there_stops_the_page():
    with pytest.raises(FileNotFoundError, match="no static/js/nowhere"):
        modules_of("js/nowhere.js")
