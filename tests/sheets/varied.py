# ruff: noqa: E501 - tables of examples are easier to read in long lines
"""Sheets as small importers might send them, each with what a person reads in it. All companies are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.sheets.making import chain, expected, ods, problem, text_file, xlsx

Case = tuple[Path, dict[str, Any]]


def german_utf16_tabs(folder: Path) -> Case:
    rows = [
        ["Lieferkette Naturstein 2022", None, None, None, None, None, None, None],
        [],
        [
            "Lfd. Nr.",
            "Lieferant",
            "Land",
            "Gesteinsart",
            "Handelsname",
            "Verarbeitungsbetrieb",
            "Abbaugebiet",
            "Steinbruch",
            "Menge (t)",
            "Bemerkung",
        ],
        [
            1,
            "Granitos Sonharama Ltda.",
            "Brasilien",
            "Granit",
            "Verde Labrador",
            "wie Lieferant",
            "Cachoeiro de Itapemirim",
            "unbekannt",
            "1.240,5",
            "",
        ],
        [
            2,
            "Velavnda Exports",
            "Indien",
            "Granit",
            "Schwarz Absolut",
            "Velavnda Exports, Kuppam",
            "Chittoor",
            "verweigert",
            "ca. 75",
            "",
        ],
        [
            3,
            "Xiamen Yunji Stone Co., Ltd.",
            "VR China",
            "Basalt",
            "G684",
            "keine Angabe",
            "Fuding, Fujian",
            "k.A.",
            "88",
            "",
        ],
        [
            4,
            "Steinwerk Nirgendheim GmbH",
            "Deutschland",
            "Kalkstein",
            "Jura Gelb",
            "Steinwerk Nirgendheim GmbH",
            "Treuchtlingen",
            "Bruch Phantavik",
            "12,25",
            "",
        ],
        [
            5,
            "Quimbrela Lda",
            "Portugual",
            "Granit",
            "Pedras Salgadas",
            "möchte Lieferant nicht nennen",
            "Vila Pouca de Aguiar",
            "?",
            "40",
            "",
        ],
        ["", "Summe", "", "", "", "", "", "", "1.455,75", ""],
    ]
    chains = [
        chain("csv", 4, "granite/Verde Labrador/", 1240.5, "Granitos Sonharama Ltda.|||BR", "Granitos Sonharama Ltda.|||BR",
              "|Cachoeiro de Itapemirim|Espírito Santo|BR", "-"),
        chain("csv", 5, "granite/Absolute Black/", 75, "Velavnda Exports|||IN", "Velavnda Exports|Kuppam||IN", "|Chittoor|Andhra Pradesh|IN", "x"),
        chain("csv", 6, "basalt/G684 Black Pearl/", 88, "Xiamen Yunji Stone Co., Ltd.|||CN", "-", "|Fuding|Fujian|CN", "-"),
        chain("csv", 7, "limestone/Jura Gelb/", 12.25, "Steinwerk Nirgendheim GmbH|||DE", "Steinwerk Nirgendheim GmbH|||DE",
              "|Treuchtlingen|Bayern|DE", "Bruch Phantavik|||DE"),
        chain("csv", 8, "granite/Pedras Salgadas/", 40, "Quimbrela Lda|||PT", "x", "|Vila Pouca de Aguiar|Vila Real|PT", "-"),
    ]  # fmt: skip
    problems = [
        problem("csv", 4, "Verarbeitungsbetrieb", "ditto_resolved", "info"),
        problem("csv", 5, "Menge (t)", "approximate_number", "info"),
        problem("csv", 8, "Land", "country_spelling_corrected"),
        problem("csv", 9, None, "totals_row_skipped", "info"),
    ]
    return text_file(folder / "kette.txt", rows, "\t", "utf-16"), expected({"csv": ("chains", 3)}, chains, problems)


def two_header_rows(folder: Path) -> Case:
    rows = [
        ["Herkomst natuursteen - Nergenshuizen Steenimport B.V. - 2023"],
        [],
        ["Steen", None, "Leverancier", None, "Fabriek", None, None, "Groeve", None, "Hoeveelheid"],
        ["Handelsnaam", "Soort", "Naam", "Land", "Naam", "Plaats", "GPS", "Gebied", "Naam", "kg"],
        [
            "Kandla Grey",
            "zandsteen",
            "Zimalthur Stones",
            "India",
            "Zimalthur Stones",
            "Kota",
            "25,1402; 75,8511",
            "Bundi",
            "onb.",
            "120.000",
        ],
        [
            "Vietnamese hardsteen",
            "hardsteen",
            "Cty TNHH Da Quynh Ngan",
            "Vietnam",
            '"',
            "Yen Lam",
            "105.58, 20.02",
            "Yen Dinh",
            "Núi Lạc",
            88500,
        ],
        [
            "G654",
            "graniet",
            "Xiamen Luqiao Stone",
            "China",
            "Nan'an Luqiao Stone Factory",
            "Shui Tou",
            "",
            "Changtai",
            "geheim",
            "45.500,5",
        ],
    ]
    path = xlsx(folder / "twee.xlsx", {"Blad1": rows}, merges={"Blad1": ["A3:B3", "C3:D3", "E3:G3", "H3:I3"]})
    chains = [
        chain("Blad1", 5, "sandstone/Kandla Grey/", 120, "Zimalthur Stones|||IN", "Zimalthur Stones|Kota||IN|25.1402|75.8511", "|Bundi|Rajasthan|IN", "-"),
        chain("Blad1", 6, "limestone/Vietnamese bluestone/", 88.5, "Cty TNHH Da Quynh Ngan|||VN", "Zimalthur Stones|Yên Lâm||VN|20.02|105.58",
              "|Yên Định|Thanh Hoa|VN", "Núi Lạc|||VN"),
        chain("Blad1", 7, "granite/G654/", 45.5005, "Xiamen Luqiao Stone|||CN", "Nan'an Luqiao Stone Factory|Shuitou||CN", "|Changtai|Fujian|CN", "x"),
    ]  # fmt: skip
    problems = [
        problem("Blad1", 6, "Fabriek Naam", "ditto_resolved", "info"),
        problem("Blad1", 6, "Fabriek GPS", "coordinates_swapped"),
        problem("Blad1", 7, "Groeve Naam", "refusal_inferred"),
    ]
    return path, expected({"Blad1": ("chains", 4)}, chains, problems)


def shares(folder: Path) -> Case:
    rows = [
        ["Supply chain overview 2021"],
        ["Total purchases 2021: 2,000 tonnes"],
        [],
        ["Stone", "Trade name", "Application", "Supplier", "Country", "Factory", "Quarry area", "Quarry", "Share"],
        [
            "Granite",
            "Tan Brown",
            "kitchen worktops",
            "Harvuvaya Granites Pvt Ltd",
            "India",
            "Harvuvaya Granites Pvt Ltd",
            "Karimnagar",
            "unknown",
            0.4,
        ],
        [
            "Granite",
            "Black Galaxy",
            "kitchen worktops",
            "Orzhaluri Exports",
            "India",
            "Orzhaluri Exports / Pavoqnda Slabs",
            "Prakasham",
            "Orzha Quarry 2",
            0.35,
        ],
        [
            "Sandstone",
            "Raj Green",
            "patio paving",
            "Luzhizari Stones",
            "Inda",
            "asked, no answer",
            "India",
            "asked, no answer",
            0.2,
        ],
    ]
    chains = [
        chain("Sheet1", 5, "granite/Tan Brown/worktops", 800, "Harvuvaya Granites Pvt Ltd|||IN", "Harvuvaya Granites Pvt Ltd|||IN", "|Karimnagar|Telangana|IN", "-"),
        chain("Sheet1", 6, "granite/Black Galaxy/worktops", 700, "Orzhaluri Exports|||IN", "Orzhaluri Exports|||IN++Pavoqnda Slabs|||IN",
              "|Prakasam|Andhra Pradesh|IN", "Orzha Quarry 2|||IN"),
        chain("Sheet1", 7, "sandstone/Raj Green/paving", 400, "Luzhizari Stones|||IN", "x", "-", "x"),
    ]  # fmt: skip
    problems = [
        problem("Sheet1", None, "Share", "percentage_scale_guessed", "info"),
        problem("Sheet1", None, "Share", "shares_do_not_add_up"),
        *[problem("Sheet1", row, "Share", "volume_from_share", "info") for row in (5, 6, 7)],
        problem("Sheet1", 6, "Factory", "several_values_in_cell", "info"),
        problem("Sheet1", 6, "Quarry area", "place_spelling_corrected", "info"),
        problem("Sheet1", 7, "Country", "country_spelling_corrected"),
        problem("Sheet1", 7, "Factory", "refusal_inferred"),
        problem("Sheet1", 7, "Quarry area", "partly_known"),
        problem("Sheet1", 7, "Quarry", "refusal_inferred"),
    ]
    return xlsx(folder / "shares.xlsx", {"Sheet1": rows}), expected({"Sheet1": ("chains", 4)}, chains, problems)


def french_pipes(folder: Path) -> Case:
    rows = [
        ["N°", "Nom commercial", "Type de pierre", "Utilisation", "Quantité", "Unité", "Fournisseur", "Pays du fournisseur", "Atelier de transformation",
         "Ville", "Région de la carrière", "Carrière", "Coordonnées carrière"],
        [1, "Pierre bleue du Vietnam", "pierre bleue", "dallage", "1 250,5", "tonnes", "Công ty Đá Thuần", "Viêt Nam", "Công ty Đá Thuần", "Yen Lam",
         "Yen Dinh", "non communiqué", ""],
        [2, "Blanc de Carrare", "marbre", "carrelage", "800", "m²", "Marmi Irreano Srl", "Italie", "Marmi Irreano Srl", "Carrare", "Carrare", "Cava Nulla 4",
         "44°04'48\" N, 10°06'00\" E"],
        [3, "Kandla Grey", "grès", "pavés", "60 000", "kg", "Dharqughat Stones et Jalqunda Exports", "Inde", "refus du fournisseur", "", "Rajasthan", "s.o.", ""],
        [4, "Cinzento de Alpalhão", "granit", "bordures", "25", "", "Granitos Mirandoril", "Portugal", "sur place", "", "Alpalhao", "Pedreira Mirand",
         "39°25' N 7°37' O"],
        [5, "Pierre de lune", "basalte", "marches", "18", "t", "Etna Fantavera", "Sicile imaginaire", "Etna Fantavera", "", "", "", ""],
    ]  # fmt: skip
    chains = [
        chain("csv", 2, "limestone/Vietnamese bluestone/paving", 1250.5, "Công ty Đá Thuần|||VN", "Công ty Đá Thuần|Yên Lâm||VN", "|Yên Định|Thanh Hoa|VN", "-"),
        chain("csv", 3, "marble/Bianco Carrara/tiles", None, "Marmi Irreano Srl|||IT", "Marmi Irreano Srl|Carrara||IT", "|Carrara|Toscana|IT",
              "Cava Nulla 4|||IT|44.08|10.1"),
        chain("csv", 4, "sandstone/Kandla Grey/cobbles", 60, "Dharqughat Stones|||IN++Jalqunda Exports|||IN", "x", "||Rajasthan|IN", "-"),
        chain("csv", 5, "granite/Cinzento de Alpalhão/kerbs", None, "Granitos Mirandoril|||PT", "Granitos Mirandoril|||PT", "|Alpalhão|Portalegre|PT",
              "Pedreira Mirand|||PT|39.4167|-7.6167"),
        chain("csv", 6, "basalt/Pierre de lune/steps and kerbs", 18, "Etna Fantavera", "Etna Fantavera", "-", "-"),
    ]  # fmt: skip
    problems = [
        problem("csv", 3, "Quantité", "unit_not_convertible"),
        problem("csv", 4, "Fournisseur", "several_values_in_cell", "info"),
        problem("csv", 4, "Région de la carrière", "partly_known", "info"),
        problem("csv", 4, "Carrière", "not_applicable_read_as_unknown"),
        problem("csv", 5, "Unité", "unit_missing"),
        problem("csv", 5, "Atelier de transformation", "ditto_resolved", "info"),
        problem("csv", 6, "Pays du fournisseur", "country_unrecognised", "error"),
    ]
    for c in chains:
        if c["ref"]["row"] in (3, 5):
            c["volume"] = {"tonnes": None}
    return text_file(folder / "pierres.csv", rows, "|", "utf-8-sig"), expected({"csv": ("chains", 1)}, chains, problems)


def hidden_things(folder: Path) -> Case:
    head = [
        "Article",
        "Material",
        "Supplier",
        "Country",
        "Factory",
        "Factory GPS",
        "Quarry region",
        "Quarry",
        "Qty (kg)",
    ]
    rows = [
        head,
        [
            "Absolute Black 2cm",
            "granite",
            "Surax Granites",
            "India",
            "Surax Granites",
            "12.7500 N, 78.3400 E",
            "Chittoor",
            "Surax Q1",
            24000,
        ],
        ["Absolute Black 2cm", "granite", "Nooit Gekozen BV", "Nederland", "", "", "", "", 1],
        [
            "Absolute Black 3cm",
            "granite",
            "Surax Granites",
            "India",
            "Surax Granites",
            "12.7500 N, 78.3400 E",
            "Chittoor",
            "Surax Q1",
            31000,
        ],
        [
            "Absolute Black 3cm",
            "granite",
            "Surax Granites",
            "India",
            "Surax Granites",
            "12.7500 N, 78.3400 E",
            "Chittoor",
            "Surax Q1",
            31000,
        ],
        [
            "Steel Grey",
            "granite",
            "Tanzighat Stone",
            "IND",
            "Tanzighat Stone",
            "12.1 N, 220.5 E",
            "Ballikurava",
            "Quarry 9 probably",
            "18 t",
        ],
    ]
    path = xlsx(
        folder / "hidden.xlsx",
        {"Prices": [["Item", "Price"], ["x", 3]], "Chain": rows, "Old": [head, rows[1]]},
        hidden_rows={"Chain": [3]},
        hidden_columns={"Chain": ["F"]},
        hidden_sheets=["Old"],
    )
    sure = ("Surax Granites|||IN", "Surax Granites|||IN|12.75|78.34", "|Chittoor|Andhra Pradesh|IN", "Surax Q1|||IN")
    chains = [
        chain("Chain", 2, "granite/Absolute Black/", 24, *sure),
        chain("Chain", 4, "granite/Absolute Black/", 31, *sure),
        chain("Chain", 5, "granite/Absolute Black/", 31, *sure),
        chain(
            "Chain",
            6,
            "granite/Steel Grey/",
            18,
            "Tanzighat Stone|||IN",
            "Tanzighat Stone|||IN",
            "|Ballikurava|Andhra Pradesh|IN",
            "Quarry 9|||IN",
        ),
    ]
    problems = [
        problem("Old", None, None, "hidden_sheet_not_read", "info"),
        problem("Chain", 3, None, "hidden_row_not_read", "info"),
        problem("Chain", None, "Factory GPS", "hidden_column_read", "info"),
        problem("Chain", 5, None, "duplicate_row"),
        problem("Chain", 6, "Factory GPS", "coordinates_out_of_range", "error"),
        problem("Chain", 6, "Quarry", "uncertain_value"),
        problem("Chain", 6, "Qty (kg)", "unit_in_cell_differs"),
    ]
    return path, expected(
        {"Prices": ("ignored", None), "Chain": ("chains", 1), "Old": ("ignored", None)}, chains, problems
    )


def codes_only(folder: Path) -> Case:
    suppliers = [["Id", "Firm", "Country", "City"], ["L01", "Bhanzompeta Rocks", "India", "Jaipur"], ["L02", "Kaynatepe Mermer", "Türkiye", "Denizli"],
                 ["L03", "Nullestad AS", "Norway", "Larvik"]]  # fmt: skip
    rows = [
        ["Purchases by chain", None, None, None, None, None],
        ["Trade name", "Supplier code", "Supplier", "Plant", "Quarry area", "Tonnes"],
        ["Modak", "L01", None, "Bhanzompeta Rocks", "Kota", 310],
        ["Denizli Travertine", "L02", None, "Kaynatepe Mermer, Denizli", "Denizli", 55.5],
        ["Emerald Pearl", "L03", None, "n/a", "Larvik", 12],
        ["Kashmir White", "L07", None, "Madurai Slabs", "Madurai", 9],
        ["Grand total", None, None, None, None, 386.5],
    ]
    chains = [
        chain(
            "Chains",
            3,
            "sandstone/Modak/",
            310,
            "Bhanzompeta Rocks|||IN",
            "Bhanzompeta Rocks|||IN",
            "|Kota|Rajasthan|IN",
            "-",
        ),
        chain(
            "Chains",
            4,
            "limestone/Denizli Travertine/",
            55.5,
            "Kaynatepe Mermer|||TR",
            "Kaynatepe Mermer|Denizli||TR",
            "|Denizli|Denizli|TR",
            "-",
        ),
        chain("Chains", 5, "granite/Larvikite Emerald/", 12, "Nullestad AS|||NO", "-", "|Larvik|Vestfold|NO", "-"),
        chain("Chains", 6, "granite/Kashmir White/", 9, "-", "Madurai Slabs|||IN", "|Madurai|Tamil Nadu|IN", "-"),
    ]
    problems = [
        problem("Chains", 5, "Plant", "not_applicable_read_as_unknown"),
        problem("Chains", 6, "Supplier code", "lookup_failed", "error"),
        problem("Chains", 7, None, "totals_row_skipped", "info"),
    ]
    path = xlsx(folder / "codes.xlsx", {"Chains": rows, "Firms": suppliers})
    return path, expected({"Chains": ("chains", 2), "Firms": ("lookup", 1)}, chains, problems)


def flemish_ods(folder: Path) -> Case:
    rows = [
        ["Natuursteen 2022 - Goudezel Graniet NV", None],
        ["Productgroep", "Steen", "Gekocht bij", "Land", "Bewerkt door", "Winplaats", "Groeve", "Ton"],
        [
            "grafmonumenten",
            "Impala graniet",
            "Marmi Mirabano Spa (Italië)",
            "",
            "vertrouwelijk",
            "vertrouwelijk",
            "",
            33,
        ],
        [
            "terrastegels",
            "blauwe hardsteen",
            "Carrières Mythrapart SA",
            "België",
            "Carrières Mythrapart SA",
            "Zinnik",
            "Carrière Mythra",
            "1.205",
        ],
        [
            "kasseien",
            "Autumn Brown",
            "Korokeshi Stones\nMiravex Exports",
            "Indië",
            "Thuiswerk Dabi",
            "Budhpura / Dabi",
            "onbekend",
            "88,75",
        ],
        ["tegels", "onbekend", "Zarvela Lda", "Portugal", "eigen werkplaats", "Estremoz", "idem leverancier", "4"],
        ["Opmerking: cijfers voorlopig"],
    ]
    path = ods(folder / "vlaams.ods", {"Keten": rows, "Blad2": []})
    chains = [
        chain("Keten", 3, "granite/Nero Impala/monuments", 33, "Marmi Mirabano Spa|||IT", "x", "x", "-"),
        chain("Keten", 4, "limestone/Belgian bluestone/paving", 1205, "Carrières Mythrapart SA|||BE", "Carrières Mythrapart SA|||BE", "|Soignies|Hainaut|BE",
              "Carrière Mythra|||BE"),
        chain("Keten", 5, "sandstone/Autumn Brown/cobbles", 88.75, "Korokeshi Stones|||IN++Miravex Exports|||IN", "Thuiswerk Dabi|||IN",
              "|Budhpura|Rajasthan|IN++|Dabi|Rajasthan|IN", "-"),
        chain("Keten", 6, "//tiles", 4, "Zarvela Lda|||PT", "Goudezel Graniet NV", "|Estremoz|Évora|PT", "Zarvela Lda|||PT"),
    ]  # fmt: skip
    problems = [
        problem("Keten", 3, "Bewerkt door", "refusal_inferred"),
        problem("Keten", 3, "Winplaats", "refusal_inferred"),
        problem("Keten", 5, "Gekocht bij", "several_values_in_cell", "info"),
        problem("Keten", 5, "Winplaats", "several_values_in_cell", "info"),
        problem("Keten", 6, "Steen", "material_unrecognised"),
        problem("Keten", 6, "Bewerkt door", "own_processing_in_home_country", "info"),
        problem("Keten", 6, "Groeve", "ditto_resolved", "info"),
        problem("Keten", 7, None, "note_row_skipped", "info"),
    ]
    return path, expected({"Keten": ("chains", 2), "Blad2": ("ignored", None)}, chains, problems)


def several_sheets(folder: Path) -> Case:
    head = ["Material", "Supplier", "Processing", "Quarry area", "Quarry", "Volume"]
    india = [
        ["India"],
        head,
        ["Granite Tan Brown", "Ketruex", "Ketruex", "Karim Nagar", "unknown", "120 t"],
        ["Sandstone", "Ketruex", "", "Bundi?", "", "30 t"],
    ]
    china = [["China"], [], head, ["Granite G603", "Huian Qiaolan Stone", "same as supplier", "Hui'an", "-", "55 t"],
             ["Basalt", "Huian Qiaolan Stone", "same as supplier", "Zhangpu and Fuding", "-", "2 containers"]]  # fmt: skip
    chains = [
        chain("India", 3, "granite/Tan Brown/", 120, "Ketruex|||IN", "Ketruex|||IN", "|Karimnagar|Telangana|IN", "-"),
        chain("India", 4, "sandstone//", 30, "Ketruex", "-", "|Bundi|Rajasthan|IN", "-"),
        chain("China", 4, "granite/G603/", 55, "Huian Qiaolan Stone", "Huian Qiaolan Stone", "|Hui'an|Fujian|CN", "-"),
        chain(
            "China",
            5,
            "basalt//",
            None,
            "Huian Qiaolan Stone",
            "Huian Qiaolan Stone",
            "|Zhangpu|Fujian|CN++|Fuding|Fujian|CN",
            "-",
        ),
    ]
    chains[0]["levels"]["direct_supplier"]["sites"][0].pop("country")
    chains[0]["levels"]["factory"]["sites"][0].pop("country")
    chains[3]["volume"] = {"tonnes": None}
    problems = [
        problem("India", 3, "Quarry area", "place_spelling_corrected", "info"),
        problem("India", 4, "Quarry area", "uncertain_value"),
        problem("China", 4, "Processing", "ditto_resolved", "info"),
        problem("China", 5, "Processing", "ditto_resolved", "info"),
        problem("China", 5, "Quarry area", "several_values_in_cell", "info"),
        problem("China", 5, "Volume", "unit_not_convertible"),
    ]
    path = xlsx(
        folder / "several.xlsx",
        {"India": india, "China": china, "Notes": [["Made by Chimeronia Stone Ltd"], ["Ask Jan"]]},
    )
    return path, expected(
        {"India": ("chains", 2), "China": ("chains", 3), "Notes": ("ignored", None)}, chains, problems
    )


def no_helpful_headers(folder: Path) -> Case:
    rows = [
        ["Wat", "Steen", "Van wie", "Waar vandaan", "Wie zaagt", "Streek", "Ton"],
        ["keukenbladen", "Steel Grey", "Pavoqzari Exports", "India", "Pavoqzari Exports", "Warangal", "12,5"],
        ["grafstenen", "Balmoral Red", "Utopdheim Oy", "Finland", "Utopdheim Oy", "Taivassalo", "8"],
        ["tegels", "Thassos White", "Fabulonia Marble SA", "Griekenland", "Prinos Cutting", "Thasos", "3,75"],
    ]
    chains = [
        chain(
            "csv",
            2,
            "granite/Steel Grey/worktops",
            12.5,
            "Pavoqzari Exports|||IN",
            "Pavoqzari Exports|||IN",
            "|Warangal|Telangana|IN",
            "-",
        ),
        chain(
            "csv",
            3,
            "granite/Balmoral Red/monuments",
            8,
            "Utopdheim Oy|||FI",
            "Utopdheim Oy|||FI",
            "|Taivassalo|Varsinais-Suomi|FI",
            "-",
        ),
        chain(
            "csv",
            4,
            "marble/Thassos White/tiles",
            3.75,
            "Fabulonia Marble SA|||GR",
            "Prinos Cutting|||GR",
            "|Thassos|Eastern Macedonia|GR",
            "-",
        ),
    ]
    return text_file(folder / "kort.csv", rows, ";", "cp1252"), expected({"csv": ("chains", 1)}, chains, [])


def merged_and_formulas(folder: Path) -> Case:
    rows = [
        ["Ketenlijst"],
        [
            "Leverancier",
            "Land leverancier",
            "Handelsnaam",
            "Soort steen",
            "Producent",
            "Herkomst",
            "Groeve",
            "Aandeel",
            "Volume kg",
        ],
        ["Mirabera Spa", "Italië", "Carrara C", "marmer", "Mirabera Spa", "Carrara", "weet ik niet", (0.5, "%"), 50000],
        [
            None,
            None,
            "Serizzo",
            "graniet",
            "Mirabera Spa - Domodossola",
            "Ossola",
            "wil niet zeggen",
            (0.25, "%"),
            25000,
        ],
        ["Chimerdheim AG", "Zwitserland", "Andeer", "gneis", "direct", "Andeer", "Bruch 1", (0.25, "%"), "=25000"],
        ["rechtstreeks", "Kroatië", "Brac", "kalksteen", "Kamen Phantaosa", "Pucisca", "", (0.0, "%"), "-500"],
    ]
    path = xlsx(folder / "merged.xlsx", {"Lijst": rows}, merges={"Lijst": ["A3:A4", "B3:B4", "A1:I1"]},
                formulas={"Lijst": {"I5": ("=I3/2", 25000), "G5": ('=HYPERLINK("http://example.invalid","Bruch 1")', "Bruch 1")}})  # fmt: skip
    chains = [
        chain(
            "Lijst",
            3,
            "marble/Bianco Carrara/",
            50,
            "Mirabera Spa|||IT",
            "Mirabera Spa|||IT",
            "|Carrara|Toscana|IT",
            "-",
        ),
        chain(
            "Lijst",
            4,
            "granite/Serizzo/",
            25,
            "Mirabera Spa|||IT",
            "Mirabera Spa|Domodossola||IT",
            "|Domodossola|Piemonte|IT",
            "x",
        ),
        chain(
            "Lijst",
            5,
            "granite/Andeer Green/",
            25,
            "Chimerdheim AG|||CH",
            "Chimerdheim AG|||CH",
            "|Andeer|Graubünden|CH",
            "Bruch 1|||CH",
        ),
        chain(
            "Lijst",
            6,
            "limestone/Brac White/",
            None,
            "Kamen Phantaosa|||HR",
            "Kamen Phantaosa|||HR",
            "|Pučišća|Split-Dalmatia|HR",
            "-",
        ),
    ]
    problems = [
        problem("Lijst", 5, "Groeve", "formula_in_text_column"),
        problem("Lijst", 5, "Producent", "direct_purchase", "info"),
        problem("Lijst", 6, "Leverancier", "direct_purchase", "info"),
        problem("Lijst", 6, "Volume kg", "number_negative", "error"),
    ]
    return path, expected({"Lijst": ("chains", 2)}, chains, problems)


def commas_in_english(folder: Path) -> Case:
    rows = [
        [
            "supplier",
            "supplier country",
            "stone type",
            "trade name",
            "use",
            "factory",
            "factory lat",
            "factory lon",
            "quarry district",
            "state",
            "quarry",
            "weight (tons)",
        ],
        [
            "Nilavmpeta Stones",
            "India",
            "sandstone",
            "Modak",
            "steps",
            "Nilavmpeta Stones, Kota",
            "25.14",
            "75.85",
            "Bundi",
            "Rajasthan",
            "refuses to tell",
            "1,020.50",
        ],
        [
            "=cmd|' /C calc'!A0",
            "India",
            "limestone",
            "Tandur Yellow",
            "tiles",
            "Dharqunda Works",
            "17.07",
            "78.20",
            "Ranga Reddy",
            "Telangana",
            "not known",
            "55",
        ],
        [
            "Nirgenstad Ltd",
            "Norvege",
            "granite",
            "Blue Pearl",
            "plinths",
            "Nirgenstad Ltd",
            "59.05",
            "10.03",
            "Larvik",
            "",
            "Pit 3",
            "12.50",
        ],
        [
            "Surakeshi Granites",
            "Indai",
            "granite",
            "Ilkal Red",
            "headstones",
            "idem",
            "15.96",
            "76.11",
            "Bagalkot",
            "Karnataka",
            "tbc",
            "n/a",
        ],
        [
            "Tanzindaa",
            "Zimbabwe",
            "granite",
            "Nero Zimbabwe",
            "headstones",
            "Italy importer won't say",
            "",
            "",
            "Mtoko",
            "",
            "",
            "9",
        ],
    ]
    chains = [
        chain(
            "csv",
            2,
            "sandstone/Modak/steps and kerbs",
            1020.5,
            "Nilavmpeta Stones|||IN",
            "Nilavmpeta Stones|Kota||IN|25.14|75.85",
            "|Bundi|Rajasthan|IN",
            "x",
        ),
        chain(
            "csv",
            3,
            "limestone/Tandur Yellow/tiles",
            55,
            "=cmd|' /C calc'!A0",
            "Dharqunda Works|||IN|17.07|78.2",
            "|Rangareddy|Telangana|IN",
            "-",
        ),
        chain(
            "csv",
            4,
            "granite/Larvikite Emerald/",
            12.5,
            "Nirgenstad Ltd|||NO",
            "Nirgenstad Ltd|||NO|59.05|10.03",
            "|Larvik|Vestfold|NO",
            "Pit 3|||NO",
        ),
        chain(
            "csv",
            5,
            "granite/Ilkal Red/monuments",
            None,
            "Surakeshi Granites|||IN",
            "Surakeshi Granites|||IN|15.96|76.11",
            "|Bagalkot|Karnataka|IN",
            "-",
        ),
        chain(
            "csv", 6, "granite/Nero Zimbabwe/monuments", 9, "Tanzindaa|||ZW", "x", "|Mutoko|Mashonaland East|ZW", "-"
        ),
    ]
    chains[1]["levels"]["direct_supplier"]["sites"] = [{"name": "=cmd|' /C calc'!A0", "country": "IN"}]
    problems = [
        problem("csv", 3, "supplier", "formula_like_text"),
        problem("csv", 4, "use", "product_group_unrecognised"),
        problem("csv", 5, "supplier country", "country_spelling_corrected"),
        problem("csv", 5, "factory", "ditto_resolved", "info"),
        problem("csv", 5, "weight (tons)", "number_unreadable", "error"),
    ]
    return text_file(folder / "comma.csv", rows, ",", "utf-8"), expected({"csv": ("chains", 1)}, chains, problems)


def units_below_header(folder: Path) -> Case:
    rows = [
        ["Datum:", (45000.0, "d"), "Versie 2"],
        ["Firma: Droomduin Marmer BV"],
        [
            "Leverancier",
            "Adres",
            "Land",
            "Materiaal",
            "Groeve en gebied",
            "Hoeveelheid",
            "Oppervlakte",
            "Laatste levering",
        ],
        [None, None, None, None, None, "(ton)", "(m2)", None],
        [
            "Rizhao Xulan Stone",
            "Haibin 5th Road",
            "CHN",
            "Chinees hardsteen",
            "Xulan quarry, Jiaxiang",
            240,
            9000,
            date(2022, 5, 1).toordinal() - 693594,
        ],
        ["Macheng Yanji Stone", "", "CHN", "graniet G603", "Macheng", 120.125, 4000, None],
        ["Jandusama Ltda", "", "Brazilie", "leisteen", "Papagaios - groeve 2", None, 800, None],
    ]
    chains = [
        chain(
            "Lev",
            5,
            "limestone/Chinese bluestone/",
            240,
            "Rizhao Xulan Stone|||CN",
            "-",
            "|Jiaxiang|Shandong|CN",
            "Xulan quarry|||CN",
        ),
        chain("Lev", 6, "granite/G603/", 120.125, "Macheng Yanji Stone|||CN", "-", "|Macheng|Hubei|CN", "-"),
        chain("Lev", 7, "slate//", None, "Jandusama Ltda|||BR", "-", "|Papagaios|Minas Gerais|BR", "groeve 2|||BR"),
    ]
    chains[2]["volume"] = {"tonnes": None}
    problems = [
        problem("Lev", 5, "Groeve en gebied", "quarry_and_area_split", "info"),
        problem("Lev", 6, "Groeve en gebied", "quarry_and_area_split", "info"),
        problem("Lev", 7, "Groeve en gebied", "quarry_and_area_split", "info"),
        problem("Lev", 7, "Oppervlakte (m2)", "unit_not_convertible"),
    ]
    return xlsx(folder / "units.xlsx", {"Lev": rows}), expected({"Lev": ("chains", 4)}, chains, problems)


def sections_and_notes(folder: Path) -> Case:
    rows = [
        ["OVERZICHT STEEN", None, None, None, None, None],
        ["*vertrouwelijk*", None, None, None, None, None],
        ["Handelsnaam", "Leverancier", "Land", "Fabriek", "Ontginningsgebied", "Tonnage"],
        ["China", None, None, None, None, None],
        ["G682", "Nan'an Junrui Stone", "China", "dito", "Hui'an", 44],
        ["G341", "Laizhou Junrui Stone", "China", "onbekend", "Laizhou en Wulian", "3.500 kg"],
        ["Subtotaal", None, None, None, None, 47.5],
        ["Handelsnaam", "Leverancier", "Land", "Fabriek", "Ontginningsgebied", "Tonnage"],
        ["Brac White", "Mythradheim d.o.o.", "Kroatie", "Mythradheim d.o.o.", "Brač", 5],
        ["Jordan Cream", "Nullepart Trading", "Jordanie", "Nullepart Trading, Sahab", "Ma'an", "n.b."],
        ["Totaal generaal", None, None, None, None, 52.5],
        ["1) cijfers van de boekhouding", None, None, None, None, None],
        ["Ingevuld door:", "J. Verzonnen", None, None, None, None],
    ]
    chains = [
        chain(
            "Overzicht",
            5,
            "granite/G682/",
            44,
            "Nan'an Junrui Stone|||CN",
            "Nan'an Junrui Stone|||CN",
            "|Hui'an|Fujian|CN",
            "-",
        ),
        chain(
            "Overzicht",
            6,
            "granite/G341/",
            3.5,
            "Laizhou Junrui Stone|||CN",
            "-",
            "|Laizhou|Shandong|CN++|Wulian|Shandong|CN",
            "-",
        ),
        chain(
            "Overzicht",
            9,
            "limestone/Brac White/",
            5,
            "Mythradheim d.o.o.|||HR",
            "Mythradheim d.o.o.|||HR",
            "|Pučišća|Split-Dalmatia|HR",
            "-",
        ),
        chain(
            "Overzicht",
            10,
            "limestone/Jordan Cream/",
            None,
            "Nullepart Trading|||JO",
            "Nullepart Trading|Sahab||JO",
            "|Ma'an|Ma'an|JO",
            "-",
        ),
    ]
    problems = [
        problem("Overzicht", 4, None, "note_row_skipped", "info"),
        problem("Overzicht", 5, "Fabriek", "ditto_resolved", "info"),
        problem("Overzicht", 6, "Ontginningsgebied", "several_values_in_cell", "info"),
        problem("Overzicht", 6, "Tonnage", "unit_in_cell_differs"),
        problem("Overzicht", 7, None, "totals_row_skipped", "info"),
        problem("Overzicht", 10, "Tonnage", "number_unreadable", "error"),
        problem("Overzicht", 11, None, "totals_row_skipped", "info"),
        problem("Overzicht", 12, None, "note_row_skipped", "info"),
        problem("Overzicht", 13, None, "note_row_skipped", "info"),
    ]
    return xlsx(folder / "secties.xlsx", {"Overzicht": rows}), expected({"Overzicht": ("chains", 3)}, chains, problems)


def doubts_and_parts(folder: Path) -> Case:
    rows = [
        [
            "Material",
            "Commercial name",
            "Exporter",
            "Origin",
            "Manufacturer",
            "Quarry district",
            "Quarry",
            "Quarry coordinates",
            "MT",
        ],
        [
            "granite",
            "G684 Black Pearl",
            "Fuding Ruihu Stone",
            "China",
            "Fuding Ruihu Stone",
            "Fuding",
            "",
            "27.32, 120.22",
            20,
        ],
        [
            "granite",
            "Premium Black",
            "Koroex Stones; unknown",
            "India",
            "Koroex Stones",
            "Rangareddy (probably)",
            "Koroex Q",
            "48.2, 16.4",
            31,
        ],
        [
            "granite",
            "Khammam Black",
            "via importer Marmi Sognera",
            "India",
            "confidential",
            "Telangana",
            "unknown",
            "",
            "~15",
        ],
        ["marble", "Crystal White", "", "Viet Nam", "Quy Hop Stone", "Quỳ Hợp", "", "", 7],
    ]
    chains = [
        chain(
            "S",
            2,
            "basalt/G684 Black Pearl/",
            20,
            "Fuding Ruihu Stone|||CN",
            "Fuding Ruihu Stone|||CN",
            "|Fuding|Fujian|CN|27.32|120.22",
            "-",
        ),
        chain(
            "S",
            3,
            "granite/Premium Black/",
            31,
            "Koroex Stones|||IN",
            "Koroex Stones|||IN",
            "|Rangareddy|Telangana|IN",
            "Koroex Q|||IN|48.2|16.4",
        ),
        chain("S", 4, "granite/Khammam Black/", 15, "Marmi Sognera", "x", "||Telangana|IN", "-"),
        chain("S", 5, "marble/Crystal White/", 7, "-", "Quy Hop Stone|||VN", "|Quỳ Hợp|Nghệ An|VN", "-"),
    ]
    problems = [
        problem("S", 2, "Commercial name", "trade_name_not_granite"),
        problem("S", 2, "Quarry coordinates", "coordinates_without_quarry", "info"),
        problem("S", 3, "Exporter", "partly_known"),
        problem("S", 3, "Quarry district", "uncertain_value"),
        problem("S", 3, "Quarry coordinates", "coordinates_contradict_country"),
        problem("S", 4, "Exporter", "bought_from_importer_elsewhere", "info"),
        problem("S", 4, "Manufacturer", "refusal_inferred"),
        problem("S", 4, "Quarry district", "partly_known", "info"),
        problem("S", 4, "MT", "approximate_number", "info"),
        problem("S", 5, "Exporter", "supplier_missing", "error"),
    ]
    return xlsx(folder / "doubts.xlsm", {"S": rows}), expected({"S": ("chains", 1)}, chains, problems)


def no_unit_and_short_rows(folder: Path) -> Case:
    text = (
        "sep=;\r\nSteensoort;Leverancier;Land;Fabriek;Groevegebied;Hoeveelheid\r\n"
        "basalt;Lac Huong Co;VN;Lac Huong Co;Dinh Quan;17\r\n"
        "basalt;Lac Huong Co;VN\r\n"
        'marmer;"Marmi ""Irrello""";IT;Marmi Irrello;"Carrara;Massa";1.000\r\n'
        "kwartsiet;Sonharvo Ltda;BR;Sonharvo Ltda;Diamantina;2\r\n"
    )
    path = folder / "kaal.csv"
    path.write_bytes(text.encode("utf-8"))
    chains = [
        chain("csv", 3, "basalt//", None, "Lac Huong Co|||VN", "Lac Huong Co|||VN", "|Định Quán|Đồng Nai|VN", "-"),
        chain("csv", 4, "basalt//", None, "Lac Huong Co|||VN", "-", "-", "-"),
        chain(
            "csv",
            5,
            "marble//",
            None,
            'Marmi "Irrello"|||IT',
            "Marmi Irrello|||IT",
            "|Carrara|Toscana|IT++|Massa|Toscana|IT",
            "-",
        ),
        chain(
            "csv",
            6,
            "quartzite//",
            None,
            "Sonharvo Ltda|||BR",
            "Sonharvo Ltda|||BR",
            "|Diamantina|Minas Gerais|BR",
            "-",
        ),
    ]
    for c in chains:
        if c["ref"]["row"] != 4:
            c["volume"] = {"tonnes": None}
    problems = [
        problem("csv", None, "Hoeveelheid", "unit_missing"),
        problem("csv", 4, None, "row_too_short"),
        problem("csv", 4, "Hoeveelheid", "volume_missing"),
        problem("csv", 5, "Groevegebied", "several_values_in_cell", "info"),
    ]
    return path, expected({"csv": ("chains", 2)}, chains, problems)


CASES: tuple[Callable[[Path], Case], ...] = (
    german_utf16_tabs, two_header_rows, shares, french_pipes, hidden_things, codes_only, flemish_ods, several_sheets, no_helpful_headers,
    merged_and_formulas, commas_in_english, units_below_header, sections_and_notes, doubts_and_parts, no_unit_and_short_rows,
)  # fmt: skip
