"""Reading: words, sentences, clauses and their places in what the person wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import LONGEST_SENTENCE, LONGEST_WORD, read, stem, stems, words


def sentences(text):
    seen = read(text)
    return [seen.quote(a, b - 1) for a, b in seen.sentences]


def clauses(text):
    seen = read(text)
    return [seen.quote(a, b - 1) for a, b in seen.clauses]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Precision", ["precision"]),
        ("mini-batch", ["mini", "batch"]),
        ("np.linalg.norm", ["np", "linalg", "norm"]),
        ("class_weight", ["class", "weight"]),
        ("isn't", ["is", "not"]),
        ("isn’t", ["is", "not"]),
        ("isnt", ["is", "not"]),
        ("can't", ["can", "not"]),
        ("cannot", ["can", "not"]),
        ("won't", ["will", "not"]),
        ("mightn't", ["might", "not"]),
        ("it's", ["it", "is"]),
        ("the model's error", ["the", "model", "error"]),
        ("we'd", ["we", "would"]),
        ("they’re", ["they", "are"]),
        ("o'clock", ["oclock"]),
        ("5%", ["5", "percent"]),
        ("1,000", ["1000"]),
        ("1,234,567.50", ["1234567.5"]),
        ("0.50 0,5 .5", ["0.5", "0.5", "0.5"]),
        ("3.0", ["3"]),
        ("100", ["100"]),
        ("10k 3rd L2", ["10k", "3rd", "l2"]),
        ("precision@500", ["precision", "@", "500"]),
        ("naïve Bayes", ["naive", "bayes"]),
        ("thresh\u200bold", ["threshold"]),
        ("\u202ethreshold\u202c", ["threshold"]),
        ("ﬁt x²", ["fit", "x2"]),
        ("**bold** _it_ `code` ~~gone~~", ["bold", "it", "code", "gone"]),
        ("||spoiler||", ["spoiler"]),
        ("<@123> <@!5> <#77> <:party:9> <a:x:9> <t:170:R> yes", ["yes"]),
        ("see https://example.org/a?b=c now", ["see", "now"]),
        ("```python\nfit(x)\n```", ["fit", "x"]),
        ("# Title\n> quoted\n- item\n2. second", ["title", "quoted", "item", "second"]),
        ("", []),
        ("   \n\t ", []),
        ("😀 — …", []),
    ],
)
def test_words(written, expected):
    assert list(words(written)) == expected


@pytest.mark.parametrize(
    "forms",
    [
        ("review", "reviewed", "reviewing", "reviews"),
        ("regularise", "regularize", "regularisation", "regularization"),
        ("analyse", "analyze"),
        ("behaviour", "behavior"),
        ("labelled", "labeled"),
        ("modelling", "modeling"),
        ("catch", "caught", "catches"),
        ("hold", "held"),
        ("high", "higher", "highest"),
        ("matrix", "matrices"),
    ],
)
def test_forms_of_one_word_share_a_stem(forms):
    assert len({stem(f) for f in forms}) == 1


def test_short_words_and_numbers_are_their_own_stem():
    assert [stem(w) for w in ("l1", "0.5", "am", "auc")] == ["l1", "0.5", "be", "auc"]


def test_an_endless_word_is_cut():
    assert len(stem("a" * 4000)) <= LONGEST_WORD


def test_stems_of_a_phrase():
    assert stems("Held-out errors") == ["hold", "out", "error"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two. Three four!", ["One two", "Three four"]),
        ("Why? Because.", ["Why", "Because"]),
        ("A line\nanother", ["A line", "another"]),
        ("- one\n- two", ["one", "two"]),
        ("Use e.g. ridge here", ["Use e.g. ridge here"]),
        ("L1 vs. L2 here", ["L1 vs. L2 here"]),
        ("I mean etc. Then more", ["I mean etc", "Then more"]),
        ("It is 0.5 now", ["It is 0.5 now"]),
        ("it is fast.Then stop", ["it is fast", "Then stop"]),
        ("a @ b.T is it", ["a @ b.T is it"]),
        ("sklearn.metrics helps", ["sklearn.metrics helps"]),
        ("(yes.) And no", ["yes", "And no"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_a_sentence_without_end_is_cut_at_a_clause():
    first, *_ = sentences("word " * 40 + "and so on " + "word " * 40)
    assert first.split() == ["word"] * 40 + ["and"] or first.split() == ["word"] * 40
    long = read("word " * 200)
    assert all(b - a <= LONGEST_SENTENCE for a, b in long.sentences)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is cheap, but slow", ["it is cheap", "but slow"]),
        ("L1 picks while L2 shrinks", ["L1 picks", "while L2 shrinks"]),
        ("low bias — high variance", ["low bias", "high variance"]),
        ("bias falls -> variance grows", ["bias falls", "variance grows"]),
        ("it falls - it grows", ["it falls", "it grows"]),
        ("Precision: the share of hits", ["Precision: the share of hits"]),
        ("Precision (the share of hits) is low", ["Precision (the share of hits)", "is low"]),
        ("I would say one more thing: it drops", ["I would say one more thing", "it drops"]),
        ("bias is high and variance is low", ["bias is high", "and variance is low"]),
        ("it is between 0 and 1 is all", ["it is between 0 and 1 is all"]),
        ("Drift, which is when it moves, hurts", ["Drift, which is when it moves", "hurts"]),
        ("Drift, which nobody saw, hurts", ["Drift", "which nobody saw", "hurts"]),
        ("Drift, which", ["Drift", "which"]),
        ("It moves the most, which is odd", ["It moves the most", "which is odd"]),
        ("it is big and overfits the data", ["it is big and overfits the data"]),
        ("precision and recall", ["precision and recall"]),
    ],
)
def test_clauses(text, expected):
    assert clauses(text) == expected


def test_code_is_marked():
    seen = read("I call ```\nfit(x)\n``` here")
    assert [(t.word, t.code) for t in seen.tokens] == [
        ("i", False), ("call", False), ("fit", True), ("x", True), ("here", False),
    ]  # fmt: skip


def test_a_quotation_keeps_its_bracket():
    seen = read("It costs (a lot) more")
    assert seen.quote(1, 3) == "costs (a lot)"
    assert seen.quote(2, 3) == "a lot"


@given(st.text(max_size=400))
def test_every_word_lies_where_it_was_written(text):
    seen = read(text)
    assert seen.original == text
    places = [(t.start, t.end) for t in seen.tokens]
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert places == sorted(places)
    covered = [i for a, b in seen.sentences for i in range(a, b)]
    assert covered == list(range(len(seen.tokens)))
    assert [i for a, b in seen.clauses for i in range(a, b)] == covered


@given(st.text(alphabet="abc’'.,\u200b\u202e *_|`<@1>😀é\n%0", max_size=200))
def test_markup_and_marks_never_break_reading(text):
    assert all(t.word and t.stem for t in read(text).tokens)


@given(st.lists(st.sampled_from(["the", "model", "overfits", "0.5", "L2"]), max_size=20))
def test_case_and_invisible_characters_change_no_word(chosen):
    text = " ".join(chosen)
    assert list(words(text)) == list(words(text.upper()))
    assert list(words(text)) == list(words(text.replace("o", "o\u200b\u2060")))
