"""Cues: what authors may write, how a fault is told, and where a text says them."""

import pytest

from bot.domain.cue import Alternative, Group, Word, parse_cue, parse_misconception
from bot.domain.hearing import Heard, Match
from bot.domain.spelling import Vocabulary, is_typo
from bot.domain.text import read, stems


def heard(text, *cues, known=""):
    return Heard(read(text), Vocabulary.of(cues, frozenset(stems(known))))


def says(cue, text, known=""):
    """Whether every group of the cue is heard in one window."""
    parsed = parse_cue(cue)
    return any(m.fraction == 1 for m in heard(text, parsed, known=known).matches(parsed))


def claims(cue, text):
    parsed = parse_misconception(cue)
    found = heard(text, parsed).claim(parsed)
    return found and read(text).quote(found.first, found.last)


def test_a_cue_is_groups_of_alternatives():
    cue = parse_cue("mini-batch | precis* at 5% & !not|isn't")
    assert cue.groups == (
        Group(
            (
                Alternative((Word("mini"), Word("batch"))),
                Alternative((Word("precis", prefix=True), Word("at"), Word("5"), Word("percent"))),
            )
        ),
        Group((Alternative((Word("not"),)), Alternative((Word("be"), Word("not")))), excluded=True),
    )
    assert cue.wanted == cue.groups[:1]
    assert cue.unwanted == cue.groups[1:]
    assert not cue.ordered
    assert parse_misconception("a > b").ordered


def test_a_prefix_may_stand_anywhere_in_a_phrase():
    (group,) = parse_cue("train* isn't o’neil* x").groups
    assert [(w.text, w.prefix) for w in group.alternatives[0].words] == [
        ("train", True), ("be", False), ("not", False), ("oneil", True), ("x", False),
    ]  # fmt: skip
    (group,) = parse_cue("we'd*").groups
    assert [(w.text, w.prefix) for w in group.alternatives[0].words] == [
        ("we", False),
        ("would", True),
    ]


@pytest.mark.parametrize(
    ("cue", "fault"),
    [
        ("", "at character 1: a group is empty."),
        ("a & ", "at character 5: a group is empty."),
        ("a & #5", "at character 5: “#” is any number and stands alone, between spaces."),
        ("top#", "at character 4: “#” is any number and stands alone, between spaces."),
        ("a & & b", "at character 5: a group is empty."),
        ("a|b > c", "at character 5: a cue joins its groups with “&”, not “>”."),
        ("a|!b", "at character 3: “!” stands only in front of a whole group, not inside it."),
        ("a | | c", "at character 4: an alternative is empty."),
        ("--|a", "at character 1: an alternative is empty."),
        ("b & *foo", "at character 5: “*” must end a word."),
        ("foo * bar", "at character 5: “*” must end a word."),
        ("fo*o", "at character 3: “*” must end a word."),
        ("x & a*", "at character 5: a prefix needs at least 2 letters."),
        ("!a", "at character 1: at least one group must say what to look for, without “!”."),
    ],
)
def test_a_fault_says_where_and_why(cue, fault):
    with pytest.raises(ValueError, match="at character") as raised:
        parse_cue(cue)
    assert str(raised.value) == fault


def test_a_misconception_uses_its_own_joint():
    with pytest.raises(
        ValueError, match="at character 3: a misconception joins its groups with “>”"
    ):
        parse_misconception("a & b")


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("review", "They REVIEWED it"),
        ("overfit*", "it is overfitting"),
        ("regulariz*", "we regularise"),
        ("regularisation", "with regularization"),
        ("mini batch", "a mini-batch"),
        ("minibatch", "a mini-batch"),
        ("mini batch", "a minibatch"),
        ("overfit", "over fitting"),
        ("overfit*", "over-fitting"),
        ("false alarm", "a false and costly alarm"),
        ("5 percent", "5% of them"),
        ("0.5", "at 0.50"),
        ("precision at 500", "precision@500"),
        ("@", "a @ b"),
        ("not shrink", "it doesn't shrink"),
        ("capacity & precision", "Precision matters. The capacity is 500."),
        ("one & two", "two then one"),
        ("threshold", "the threshlod is set"),
        ("calibration", "calibraton helps"),
        ("a b c", "a x b y z c"),
        ("big small", "big big x x small"),
    ],
)
def test_heard(cue, text):
    assert says(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("overfit", "it underfits"),
        ("false alarm", "a false and very costly alarm"),
        ("false alarm", "it is false. Alarm!"),
        ("one & two", "One. And then. Two."),
        ("one & two & !three", "one two three"),
        ("at", "nothing"),
        ("minibatch", "a batch of mini things"),
        ("review", "preview"),
    ],
)
def test_not_heard(cue, text):
    assert not says(cue, text)


def test_a_word_the_question_knows_is_no_typo():
    assert says("calibration", "the calibratoin")
    assert not says("calibration", "the calibratoin", known="calibratoin")


@pytest.mark.parametrize(
    ("written", "meant", "typo"),
    [
        ("threshld", "threshold", True),
        ("threhsold", "threshold", True),
        ("casual", "causal", True),
        ("regularis", "regularis", True),
        ("imprecis", "precis", False),
        ("unbalanc", "balanc", False),
        ("interclust", "intraclust", False),
        ("intraclust", "interclust", False),
        ("macroaverag", "microaverag", False),
        ("underfit", "overfit", False),
        ("short", "shorts", False),
        ("asymmetr", "symmetr", False),
        ("disadvantag", "disadvantages", True),
        ("degenerat", "generat", False),
        ("aabstract", "abstract", False),
        ("variant", "varianc", False),
    ],
)
def test_a_typo_never_bridges_opposites(written, meant, typo):
    assert is_typo(written, meant) is typo


def test_a_sentence_is_preferred_to_a_pair():
    cue = parse_cue("one & two")
    found = [m for m in heard("One two. One x. Two.", cue).matches(cue) if m.fraction == 1]
    assert [m.window for m in found] == [(0, 1), (0, 3), (2, 4)]
    assert found[0].spans == ((0, 0), (1, 1))
    assert found[0].width == 2


def test_half_a_cue_is_told_too():
    cue = parse_cue("one & two & three & four")
    found = heard("One two. Four x. Three. Two, four, one.", cue).matches(cue)
    assert [(m.window, m.fraction) for m in found] == [
        ((0, 1), 0.5), ((5, 7), 0.75), ((0, 3), 0.75), ((2, 4), 0.5), ((4, 7), 1),
    ]  # fmt: skip


def test_the_closest_words_are_taken():
    cue = parse_cue("one & two")
    (found,) = heard("one x x x one two x two", cue).matches(cue)
    assert found.heard == ((4, 4), (5, 5))


def test_ignored_words_give_way():
    cue = parse_cue("one & two")
    text = heard("one two x x one", cue)
    assert next(text.matches(cue, {0})).heard == ((4, 4), (1, 1))
    assert next(text.matches(cue, {0, 4})).heard == ((0, 0), (1, 1))


def test_part_of_a_cue():
    cue = parse_cue("one & two & three")
    (found,) = heard("one and three", cue).matches(cue)
    assert found == Match(cue, (0, 2), ((0, 0), None, (2, 2)))
    assert found.fraction == pytest.approx(2 / 3)
    assert list(heard("nothing here", cue).matches(cue)) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Precision is the share of frauds caught", "Precision is the share of frauds caught"),
        ("Precision, the share of frauds caught", None),
        ("Recall is caught, precision is not", None),
        ("caught by precision", None),
        ("precision misses what recall caught here", None),
        ("It is a myth that precision means caught", None),
        ("Precision does not mean caught", None),
        ("Precision never tells what we caught", None),
        ("A common mistake: precision is what we caught", None),
        ("People who are wrong say, well, precision is what we caught", None),
        ("People say precision is what we caught, but it is not", None),
        ("Many claim that precision means caught. However, they mean recall.", None),
        ("People say precision is caught", "precision is caught"),
        ("I would say precision is caught, but who cares", "precision is caught"),
        (
            "Besides false alarms, precision counts what we caught",
            "precision counts what we caught",
        ),
        ("It is false, precision counts what we caught", None),
        ("Precision, which is what we caught", "Precision, which is what we caught"),
        ("Precision is caught. Not that it matters.", "Precision is caught"),
        ("nothing of the kind", None),
    ],
)
def test_a_claim_is_ordered_and_made_in_one_clause(text, quote):
    assert claims("precision > caught > !recall", text) == quote


def test_a_claim_may_be_a_negation_itself():
    assert claims("not|no > scale|scaling", "you do not need scaling") == "not need scaling"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The baseline had 61% accuracy.", True),
        ("A baseline of .5 was there.", True),
        ("The baseline costs 10k.", True),
        ("Our baseline got twelve right.", True),
        ("The baseline was one rule.", False),
        ("The 2nd baseline was a rule.", False),
        ("The baseline, at 3pm, was F1.", False),
    ],
)
def test_any_number(text, said):
    assert says("baseline & #", text) is said


def test_any_number_stands_in_phrases():
    assert says("from # to #|down # percent", "It fell from 14 to 9.5.")
    assert says("#%", "Waste was 9.5 % by then.")
    assert not says("from # to #", "It went from bad to 9.")


def test_a_number_of_the_person_is_not_the_sign():
    assert not says("#", "# a heading, and #channel")
