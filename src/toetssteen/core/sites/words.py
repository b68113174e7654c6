"""Words that many firms and addresses share: they say what a firm is, not which firm it is.

Collected from public lists of legal forms and from the languages of stone countries. Everything is folded
(small plain letters); a phrase of several words is written with spaces.
"""

from __future__ import annotations


def words(text: str) -> list[str]:
    """The words of a text, so that long lists stay readable here."""
    return text.split()


# Legal forms, as the class they belong to. Two classes in one pair are two firms, unless one of them is missing.
LEGAL_FORMS: dict[str, str] = {}
for _class, _forms in {
    "limited": """
    pvt ltd|private limited|p ltd|pvt limited|private ltd|pte ltd|pty ltd|pty limited|pvt|private|co ltd|co
    limited|company limited|company ltd|limited company|limited|ltd|ld|tnhh|cong ty tnhh|cty tnhh|ct tnhh|cong
    ty trach nhiem huu han|trach nhiem huu han|mtv|mot thanh vien|tnhh mtv|cong ty tnhh mtv|cong ty tnhh mot
    thanh vien|ltda|limitada|lda|unipessoal lda|eireli|srl|s r l|s r l s|srls|soc a r l|sarl|s a r
    l|eurl|sasu|gmbh|gmb h|g m b h|ug|gesmbh|gmbh co kg|mbh|bv|b v|bvba|sprl|sl|s l|slu|s l u|ltd sti|limited
    sirketi|san ve tic ltd sti|san tic ltd sti|sanayi ve ticaret ltd sti|sanayi ve ticaret limited
    sirketi|sanayi ve ticaret limited|san tic ltd|san ve tic ltd|sti|ooo|ood|eood|doo|d o o|d 0 0|kft|sp z o
    o|spzoo|sro|s r o|oy|ab|aps|a p s|sdn bhd|llc|l l c|wll|w l l|fze|fzc|fzco|fz llc|fz|lp|llp|epe|e p
    e|mepe|ike|i k e|pjs|mchj|too|tov|s de rl|s de r l|s de rl de cv|s de r l de c v|pt|cv|sh p
    k|shpk|sarlau|sarl au|yk|kk|youxian gongsi|hk ltd|jv ltd|dooel|as oy|gmbh and co kg|gmbh und co kg|spolka z
    ograniczona odpowiedzialnoscia|spolka z
    o o|besloten vennootschap|sociedad limitada|sociedade limitada|gesellschaft mit beschrankter haftung|societa a
    responsabilita limitata|perseroan terbatas|asbl|suarl|pvtltd|coltd
""",
    "stock": """
    sa|s a|sa de cv|s a de c v|sau|s a u|sas|s a s|spa|sp a|s p a|sapa|ag|a g|nv|n v|as|a s|anonim sirketi|sanayi
    ve ticaret as|sanayi ve ticaret a s|sanayi ve ticaret anonim sirketi|san ve tic a s|san tic a s|san ve tic
    as|san tic as|joint stock|joint stock company|jsc|ojsc|cjsc|pjsc|cp|societe anonyme|sociedad
    anonima|sociedade anonima|aktiengesellschaft|naamloze
    vennootschap|spolka akcyjna|cty cp|cong ty cp|cong ty co
    phan|ctcp|co phan|plc|p l c|public limited|public company
    limited|pcl|tbk|inc|incorporated|corp|corporation|oao|zao|ad|a d|dd|d d|zrt|nyrt|ae|a
    e|abee|aebe|asa|oyj|saic|sac|s a c|saog|public co ltd|public limited company|pty|saoc|s a e|sae|pao|ao|k s
    c|sal|s a l
""",
    "sole": """
    dntn|doanh nghiep tu nhan|xi nghiep tu nhan|sole proprietorship|eirl|e i r l|ei|me|mei|epp|ip|empresario
    individual|sahis firmasi|ditta individuale|einzelunternehmen|eenmanszaak|proprietor|prop
""",
    "family": """
    and sons|sons|and bros|bros|and brothers|brothers|and associates|associates|et fils|e figli|e filhos|e hijos|
    und sohne|en zonen|ve ogullari|ogullari|fils|figli|filhos|hijos|fratelli|f lli|flli|irmaos|hermanos|hnos|and
    filhos|e hijos|gebroeders|gebr|gebruder|freres
""",
    "partners": """
    kg|ohg|gbr|vof|v o f|snc|s n c|sas di|scs|kollektif|cooperative|coop|cooperativa|soc coop|hop tac
    xa|htx|partnership|jv|joint venture|lien doanh
""",
}.items():
    for _form in _forms.split("|"):
        LEGAL_FORMS[" ".join(_form.split())] = _class

# Words of trade: what such firms do or sell. The value is the spelling that is compared.
FIRM_WORDS: dict[str, str] = {}
for _line in """
    granite granites granit granito granitos graniti granitas granitos granity granits; stone stones; stein;
    naturstein natursteine naturstien natursteinwerk;
    natuursteen natuursteenbedrijf natuursteenhandel steenhouwerij; kamieniarstwo kamieniarski; dogaltas; graniterie
    graniteries; marbrerie; udyog udhyog; crafts craft stonecraft stonecrafts; steen; rock rocks; marble marbles;
    marmi marmo; marmores
    marmore; marmoles marmol; marmer; marbre marbres; marmor; mermer; mermercilik; madencilik maden; tas;
    tasi; pierre pierres; pedra pedras pedreira pedreiras; piedra piedras; pietra pietre; slate slates;
    ardoise ardoises; pizarra pizarras; ardosia ardosias; sandstone sandstones; limestone limestones; basalt
    basalts; travertine travertines traverten; onyx; export exports exporter exporters exporting exp ihracat ihr;
    import
    imports importer imp ithalat ith; exim; impex; trade trading traders trader; ticaret tic; sanayi; handel;
    comercio;
    commercio; comercial; commercial; industry industries industrial ind industria industrie industrias;
    enterprise enterprises; international intl int; global; group groep grup grupo gruppo groupe gruppe;
    company co cie cia compagnie; holding holdings; minerals mineral
    mineracao mineria miniere khoang; mines mining mine mineira; khoang san; da; xay dung; vat lieu; thuong
    mai; tu nhien; thien nhien; natural; san xuat; xuat khau; xuat nhap khau; cong ty cty congty; carriere
    carrieres; cava; cave; canteras
    cantera; groeve; steinbruch steinbruche; quarry quarries quarrying qry; mo; mo da; khadan; khan; tasocagi
    ocagi ocak; lom; kamenolom; karier kar'er; latomeio latomia; kamieniolom; brott; brudd; louhimo; tambang;
    tambon; steinbrudd; stenbrott; stenbrud; kivi; kameni kamen; kamnolom; products product produits
    productos produkte produkt; works work; werk werke; factory fabrik fabrique usine fabrica fabbrica
    stabilimento zavod; processing; polishing; cutting; tiles tile; slabs slab; cobbles cobble; monuments
    monument; memorials memorial; paving; building; materials material; construction constructions;
    manufacturing manufacture manufacturer manufacturers manufactory mfg manufactoring manufacturas; garment
    garments; apparel apparels; clothing clothes; textile textiles tekstil textil texteis tessile teks tks
    textielfabriek; konfeksiyon
    confeccoes confecciones confezioni; fashion fashions; knit knitwear knitting; wear; fabric fabrics;
    spinning; mills mill; dyeing; printing print; washing wash; embroidery; leather; shoes footwear; giyim;
    imalati; dis; corap; orme; triko; limitedi; firma; societe soc societa sociedade sociedad; etablissements
    ets; azienda; ditta; ve; and und et e y en; the; of; de; di; del; della; do; dos; da; das; des; du; la;
    le; les; el; los; van; der; den; het; for; in; general; national; new; branch; unit; division; supplier
    suppliers; atelier ateliers; workshop; ltd co; m s; ms; messrs; xuong; nha may; chi nhanh; ortak;
    ortakligi; dogal; kollektivi; gruppe; werkstatt; betrieb; yard; crusher; crushers; aggregates
    aggregate; granitmarmor; blocks block; factory outlet; shop
""".replace("\n", " ").split(";"):
    _words = _line.split()
    if len(_words) > 1 and " ".join(_words) in {
        "tu nhien", "thien nhien", "khoang san", "xay dung", "vat lieu", "thuong mai", "san xuat",
    "xuat khau", "xuat nhap khau", "mo da",
        "nha may", "chi nhanh", "m s", "ltd co",  "factory outlet",
    }:  # fmt: skip
        FIRM_WORDS[" ".join(_words)] = "-".join(_words)
        continue
    for _word in _words:
        FIRM_WORDS[_word] = _words[0]

# Small words that never tell anything.
FILLERS = frozenset(
    words("""
    e y el new ms and und et en ve the of de di del della do dos das des du la le les los van der den het for in
    m s ms
    messrs sc co company cong ty cty congty ltd &
    """)
)
# The same trade in many languages: a translated name is no other firm.
_MEANINGS = {
    "quarry": "quarry mo mo-da carriere cava cave canteras groeve steinbruch khadan khan tasocagi lom kamenolom "
    "karier "
    "latomeio kamieniolom brott brudd louhimo tambang steinbrudd stenbrott stenbrud kamnolom pedreira",
    "industry": "industry udyog",
    "natural": "natural tu-nhien thien-nhien",
    "minerals": "minerals khoang-san",
    "building": "building xay-dung",
    "import": "import xuat-nhap-khau",
    "stone": "stone dogaltas kamieniarstwo graniterie crafts stein naturstein natuursteen steen piedra pietra "
    "pedra pierre tas da kivi kameni",
    "marble": "marble marmi marmores marmoles marmer marbre marmor mermer mermercilik",
    "granite": "granite",
    "slate": "slate ardoise pizarra ardosia",
    "factory": "factory fabrik usine fabrica fabbrica stabilimento zavod xuong nha-may werk works",
    "trade": "trade ticaret handel comercio commercio comercial commercial thuong-mai",
    "group": "group gruppe",
    "export": "export xuat-khau",
    "textile": "textile",
    "quarrying": "mines mining madencilik mineira",
}
_MEANING = {word: meaning for meaning, list_ in _MEANINGS.items() for word in list_.split()}
FIRM_WORDS = {word: _MEANING.get(canonical, canonical) for word, canonical in FIRM_WORDS.items()}

# Words that only say "stone": a name with nothing else beside them is no full name.
GENERIC_TRADE = frozenset(
    words("stone stein naturstein natuursteen steen pierre piedra pietra pedra tas quarry da mo-da mo")
)
# Words that are a trade only at the beginning of a name: they are syllables of names as well.
ONLY_FIRST = frozenset(words("da mo tas cava lom"))
# Words of trade that are recognised with one letter missing.
SLIPPED = words("stone rocks quarry granites granite exports marble trading")

# Words for a quarry, for a mention that does not say its kind. Not: mining firms.
QUARRY_WORDS = frozenset(
    words("""
    quarry quarries groeve steinbruch steinbruche carriere cava cantera pedreira mo khadan tasocagi ocagi ocak
    lom kamenolom karier latomeio kamieniolom brott louhimo mine pit pits khan
""")
)
FIRM_ONLY_WORDS = frozenset(("trading", "export", "import", "factory", "sanayi", "group", "international", "carrieres"))

# In an address: words that every estate and street has.
ADDRESS_WORDS = frozenset(
    words("""
    industrial ind indl industriale industrielle industriel industrie industry industria zona zone z area park
    parc parque pq estate estates est complex compound ie kcn ccn cum cong nghiep khu poligono pol organize
    sanayi bolgesi osb san bol sit sitesi export processing epz sez special economic free center centre road
    rd str street st strada strasse calle c via viale v rua r rue avenue ave av avenida cad caddesi cadde cd
    sok sokak sk bulvari boulevard blvd bd bulevar ulitsa ul ulica duong pho lane ln highway hwy nh marg way
    weg straat laan karayolu yolu rodovia estrada route chemin quoc lo xa lo main cross district dist dt distt
    tehsil taluk taluka mandal county prefecture province state region thana upazila khet jud judet amphur
    ampho amphoe tambol tambon moo sangkat khan srok phum khum commune village vill town city municipality
    quan huyen xa thon phuong tp tinh mah mahallesi mevkii mevki koyu barangay brgy kecamatan kab kota
    kabupaten desa gp near opp opposite behind post box po office floor fl room rm holding hamlet xom lote lt
    parc parcela jl jalan pje ctra carretera rod loc
    localita lugar sitio farm ward house town t m s i e g f building bldg no nr number num
    numero n km kilometer plot lot lo unit shed door survey sy
""")
)
FIRM_WORDS = {word: meaning for word, meaning in FIRM_WORDS.items() if word not in FILLERS and word != "m s"}
del _class, _forms, _form, _line, _words, _word
