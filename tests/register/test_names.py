"""Finding names: which spellings agree, which names stay apart, and what the index holds."""

from __future__ import annotations

from itertools import combinations

import pytest

from antigone.register.names import (
    index_tokens,
    readings,
    search_tokens,
    tokens,
)

KEY = bytes(range(32))

# Each line: spellings of one name, in Ukrainian, Russian, passports of both, English, German, Polish, French.
SPELLINGS = """
Шевченко Shevchenko Schewtschenko Szewczenko Chevtchenko Ševčenko SHEVCHENKO шевченко Шевче́нко
Хмельницький Хмельницкий Khmelnytskyi Khmelnitskii Khmelnitsky Chmelnyzkyj Chmielnicki Xmelnickij
Щербак Shcherbak Schtscherbak Szczerbak Scherbak Shherbak Chtcherbak
Кузнецов Kuznetsov Kuznetcov Kusnezow Kuzniecow Kouznetsov Kuzneczov
Ковальов Ковалёв Ковалев Kovalov Kovalev Kovalyov Kovaliov Kowaljow Koval'ov
Соловйов Соловьёв Соловьев Soloviov Solovyov Solovev Soloviev Solowjow
Горбачов Горбачёв Gorbachov Gorbachev Horbachov Gorbatschow Gorbaczow Gorbatchev
Семенов Семёнов Semenov Semyonov Semionov Semjonow
Ющенко Yushchenko Iushchenko Juschtschenko Juszczenko Juščenko
Хрущов Хрущёв Khrushchov Khrushchev Chruschtschow Chruszczow
Ткаченко Tkachenko Tkatschenko Tkaczenko Tkatchenko
Харченко Kharchenko Harchenko Chartschenko Charczenko
Гнатюк Hnatiuk Hnatyuk Gnatiuk Gnatyuk Hnatjuk Гнатьюк
Лук'яненко Лук’яненко Лукʼяненко Лук´яненко Лук*яненко Лукьяненко Lukianenko Luk'ianenko Lukjanenko
Дем'янчук Демьянчук Demianchuk Demyanchuk Demjantschuk Demianczuk
Згурський Згурский Zghurskyi Zgurskyi Zgurskii Sgurskyj Zgurski
Жук Zhuk Schuk Żuk Juk Žuk
Жуков Zhukov Schukow Żukow Joukov
Чехов Chekhov Tschechow Czechow Tchekhov
Чайковський Чайковский Chaikovskyi Tchaikovsky Tschaikowski Czajkowski
Цимбалюк Цымбалюк Tsymbaliuk Tcymbaliuk Zymbaljuk Cymbaluk
Яценко Yatsenko Iatsenko Jazenko Jacenko
Їжак Ижак Yizhak Izhak Jischak
Дзюба Dziuba Dzyuba Dsjuba
Джура Dzhura Dschura Dżura Jura
Єрмоленко Ермоленко Yermolenko Iermolenko Ermolenko Jermolenko
Воробйов Воробьёв Vorobiov Vorobyov Vorobev Worobjow
Войцеховський Войцеховский Voitsekhovskyi Wojciechowski Wojzechowskyj
Об'єдков Объедков Obiedkov Obieedkov Obyedkov Obedkov
Зайцев Zaitsev Zaytsev Zaicev Saizew Zajcew
Мельник Melnyk Melnik Mielnik
Бойко Boiko Boyko Bojko
Попов Popov Popow Popoff
Пушкін Пушкин Pushkin Puschkin Puszkin Pouchkine
Песчаный Пещаный Peschanyi Peshchanyi
Хачатурян Khachaturian Khachaturyan Chatschaturjan
Ґудзь Гудзь Gudz Gudz' Hudz
Кравчук Kravchuk Krawtschuk Krawczuk
Сидоренко Sydorenko Sidorenko
Рибак Рыбак Rybak Ribak
Юрій Юрий Yurii Iurii Yuriy Yury Jurij Iouri Juri
Сергій Serhii Sergiy Serhiy Sergij
Сергей Sergei Sergey Siergiej Sergej Serguei
Євген Yevhen Ievgen Evgen Yevgen Jewhen Evhen
Евгений Evgenii Yevgeny Evgeniy Jewgenij Evgueni
Олександр Oleksandr Olexandr Oleksander
Александр Aleksandr Alexander Alexandr Aleksander
Михайло Mykhailo Mykhaylo Mychajlo Mihajlo Mixaylo
Михаил Mikhail Michail Mihail Mixail
Максим Maksym Maxim Maksim Maxym
Андрій Andrii Andriy Andrij
Григорій Григорий Hryhorii Hryhoriy Grigorii Grigory Grigorij
Геннадій Геннадий Hennadii Gennadii Gennady Gennadij
Анатолійович Anatoliiovych Anatoliyovych
Анатольевич Anatolevich Anatolyevich Anatolievich
Ильич Ilich Ilyich Iljitsch
В'ячеслав Вячеслав Viacheslav Vyacheslav Wjatscheslaw
Наталія Наталья Nataliia Nataliya Natalya Natalia
Юлія Юлия Yuliia Iuliia Yulia Julia Julija
Вікторія Виктория Viktoriia Victoria Wiktoria Viktoriya
Ксенія Ксения Kseniia Ksenia Xenia
Марія Мария Mariia Maria Mariya Marija
Фёдор Федор Fedor Fyodor Fiodor
Пётр Петр Petr Pyotr Piotr Pjotr
Артём Артем Artem Artyom Artiom
Любов Любовь Liubov Lyubov Ljubow
Зоя Zoia Zoya Soja
Ілля Илья Illia Ilya Ilia Ilja
Стефан Stefan Stephan
Иванов Иванoв Іванов Ivanov Ivanow Iwanow Ivanoff
""".strip()

DIFFERENT = """
Гончар Ґонта
Євген Евгений
Олександр Александр
Сергій Сергей
Андрій Андрей
Микола Николай
Володимир Владимир
Дмитро Дмитрий
Петро Петр
Михайло Михаил
Олена Елена
Шевченко Шевчук
Шевчук Савчук
Іванов Іваненко
Іванов Іванова
Бондар Бондаренко
Мельник Мельниченко
Коваль Ковальчук
Ковальов Коваленко
Кравчук Кравченко
Мороз Морозов
Тимченко Тимошенко
Марченко Харченко
Руденко Рудик
Козак Козлов
Пономаренко Пономарьов
Олійник Алейник
Гриценко Гриньов
Павленко Павлюк
Василенко Василюк
Жук Лук
Чорний Чорновіл
Попов Попенко
Федоренко Федорчук
Кузьменко Кузнецов
Романюк Романенко
Дорошенко Порошенко
Ткач Ткаченко
Білий Білик
Лисенко Лещенко
""".strip()


def lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.splitlines()]


def agree(one: str, other: str) -> bool:
    """Whether a search for either finds the other, in the index as it is kept."""
    found = [
        all(word & set(index_tokens(KEY, kept)) for word in search_tokens(KEY, sought))
        for kept, sought in ((one, other), (other, one))
    ]
    assert found[0] == found[1]
    return found[0]


def test_the_tables_are_as_large_as_they_claim() -> None:
    assert len(lines(SPELLINGS)) >= 60
    assert sum(len(spellings) - 1 for spellings in lines(SPELLINGS)) >= 300
    assert len(lines(DIFFERENT)) >= 40


@pytest.mark.parametrize("spellings", lines(SPELLINGS), ids=lambda spellings: spellings[0])
def test_spellings_of_one_name_find_the_first_and_it_finds_them(spellings: list[str]) -> None:
    assert [other for other in spellings if not agree(spellings[0], other)] == []


@pytest.mark.parametrize(("one", "other"), lines(DIFFERENT))
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert not agree(one, other)


def test_names_of_the_table_are_not_taken_for_one_another() -> None:
    """But for patronymics, which differ between the two languages in the glide before the ending only."""
    firsts = [spellings[0] for spellings in lines(SPELLINGS)]
    agreeing = [pair for pair in combinations(firsts, 2) if agree(*pair)]
    assert agreeing == [("Анатолійович", "Анатольевич")]


def test_cyrillic_has_one_reading_but_for_a_soft_sign_before_o() -> None:
    cyrillic = [s for spellings in lines(SPELLINGS) for s in spellings if s[0] > "Ѐ" and "ьо" not in s]
    assert all(len(tokens(spelling)) == 1 for spelling in cyrillic)
    assert tokens("Ковальов") == ("kovalev", "kovalov")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Нечуй-Левицький", 2),
        ("Нечуй—Левицький", 2),
        ("Шевченко Т. Г.", 3),
        ("  Шевченко,Тарас\u00a0Григорович ", 3),
        ("Мамедов Алі огли", 3),
        ("Кочубей (Дзюба)", 2),
        ("Лук'яненко", 1),
        ("", 0),
        ("- 12 ?", 0),
        ("ь", 0),
    ],
)
def test_words_of_a_name(name: str, words: int) -> None:
    assert len(readings(name)) == words


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert tokens("Ї\u0306йжаков\u0301") == tokens("Ійжаков")
    assert tokens("Гай\u0301") == tokens("Гаи\u0306") == tokens("Haj")
    assert tokens("S\u030cevc\u030cenko") == tokens("Šev\u010denko") == tokens("Шевченко")


def test_digraphs_are_not_torn_and_not_made() -> None:
    assert tokens("Тсхинвали") == tokens("Цхинвали") == tokens("Tskhinvali")
    assert set(tokens("Щ")) == set(tokens("Shch")) == {"c"}
    assert "shurski" in tokens("Zghurskyi")  # з and г, as against ж
    assert tokens("Zhurskyi") == ("curski",)


def test_a_word_of_many_ambiguous_letters_has_a_bounded_number_of_readings() -> None:
    assert len(tokens("ch" * 40)) <= 32
    assert len(tokens("xacaxacacaxacox" * 5)) <= 32


def test_letters_of_other_scripts_are_kept_as_they_are() -> None:
    assert tokens("გიორგი") == ("გიორგი",)


def test_all_words_of_a_search_must_fit_in_any_order() -> None:
    kept = set(index_tokens(KEY, "Хмельницький Богдан Іванович"))

    def found(text: str) -> bool:
        return all(word & kept for word in search_tokens(KEY, text))

    assert found("Bohdan Khmelnytskyi")
    assert found("chmielnicki bogdan")
    assert found("Іванович")
    assert not found("Bohdan Shevchenko")
    assert not found("Khmelnytskyi Bohdan Petrovych")


def test_digests_tell_neither_letters_nor_length_and_depend_on_the_key() -> None:
    digests = index_tokens(KEY, "Шевченко Лі")
    assert [len(digest) for digest in digests] == [16, 16]
    assert set(digests).isdisjoint(index_tokens(bytes(32), "Шевченко Лі"))
    assert digests == index_tokens(KEY, "li schewtschenko")


def test_their_order_does_not_follow_the_words() -> None:
    names = ["Шевченко Тарас", "Коваль Ганна", "Мороз Іван", "Бойко Яна", "Жук Лев"]
    for name in names:
        one, other = name.split()
        digests = index_tokens(KEY, name)
        assert set(digests) == {*index_tokens(KEY, one), *index_tokens(KEY, other)}
        assert list(digests) == sorted(digests)


def test_a_digest_is_as_written_down() -> None:
    """Kept registers depend on these bytes: a change needs a new index."""
    assert index_tokens(KEY, "Шевченко")[0].hex() == "08e6061edb0c87b9a6efef5931c70298"
