from __future__ import annotations

import subprocess
import sys

import pytest

from variorum.errors import LanguageError
from variorum.read.language import accept, primary_subtag

GERMAN = (
    "Der Bürgermeister sagte am Freitag, dass die Stadt bereit sei. Die Feuerwehr war mit zwölf Fahrzeugen "
    "vor Ort, und niemand wurde verletzt, wie die Polizei mitteilte."
)
OTHERS = {
    "de": GERMAN,
    "fr": "Le maire a déclaré vendredi que la ville était prête. Les pompiers sont venus avec douze camions "
    "et personne n'a été blessé, a indiqué la police dans un communiqué.",
    "es": "El alcalde dijo el viernes que la ciudad estaba lista. Los bomberos llegaron con doce camiones "
    "y nadie resultó herido, según informó la policía en un comunicado.",
    "ru": "Мэр заявил в пятницу, что город готов. На месте работали двенадцать пожарных машин.",
    "zh": "市长周五表示,城市已做好准备。消防部门派出十二辆消防车到达现场,警方称无人受伤。桥梁将关闭。",
    "ar": "قال رئيس البلدية يوم الجمعة إن المدينة جاهزة، وأضافت الشرطة أن أحدا لم يصب بأذى في الحادث.",
}


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("declared", [None, "en"])
def test_another_language_is_refused_whatever_was_declared(code: str, declared: str | None) -> None:
    with pytest.raises(LanguageError, match="not in English") as problem:
        accept(OTHERS[code], declared, "a.txt")
    assert problem.value.where == "a.txt"
    assert code in problem.value.what


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said on Friday that they would close the bridge because of the flood.",
        "POLICE SAID THE BRIDGE WOULD BE CLOSED AND THAT THEY WERE WAITING FOR MORE HELP",
        "Mayor Ruud van den Heuvel met Jan de Vries, Pieter van der Berg and Willem-Alexander de Groot in "
        "Groningen, Leeuwarden, 's-Hertogenbosch and Den Haag.",
        "Flood hits Porto Velho; rio Madeira at 5 m",
        "3 dead in Łódź tram crash: police",
        "OK",
        "Ja.",
        f"{GERMAN[:60]}\n\n" + "The mayor said that they would rebuild the bridge. " * 5,
    ],
)
@pytest.mark.parametrize("declared", [None, "en-GB", "de"])
def test_english_short_and_doubtful_texts_pass(text: str, declared: str | None) -> None:
    assert accept(text, declared, "a.txt") in {"en", primary_subtag(declared)}


def test_plain_english_is_noted_against_a_wrong_declaration() -> None:
    assert accept("The mayor said that they would close the bridge on Friday.", "de", "a.txt") == "en"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("English", "en"),
        ("de", "de"),
        ("", None),
        ("x" * 50, None),
        (None, None),
    ],
)
def test_language_tags(tag: str | None, code: str | None) -> None:
    assert primary_subtag(tag) == code


def test_plain_english_text_loads_no_model_and_no_extractor(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("light") / "a.txt"
    path.write_text("The mayor said that they would close the bridge on Friday because of the flood.")
    code = (
        "import sys; from variorum.read import read; read(sys.argv[1]);"
        "heavy = {'trafilatura', 'lxml', 'py3langid', 'numpy', 'charset_normalizer', 'http.client', 'ssl'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
