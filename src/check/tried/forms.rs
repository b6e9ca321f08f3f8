//! What a line may hold, said where nothing better is known: by the word that starts it, an example of each form.

/// How a line starts, and what goes on with it.
const FORMS: &[(&str, &str)] = &[
    ("en vigueur", "par exemple « en vigueur depuis le 1er septembre 2025 »"),
    ("publié", "par exemple « publié le 15 juin 2025 »"),
    (
        "exige",
        "une condition est un nom, ou une comparaison : « âge ≥ 18 », « statut est étudiant », « aucun congé dont … », « tous les élèves vérifient … » ; plusieurs : en puces",
    ),
    (
        "vise",
        "une condition est un nom, ou une comparaison : « âge ≥ 18 », « statut est étudiant » ; plusieurs : en puces",
    ),
    (
        "favorable si",
        "par exemple « favorable si tous les critères sont remplis », ou des noms de critères reliés par « et », « ou »",
    ),
    (
        "prévu si",
        "une condition est un nom, ou une comparaison : « attribution », « âge ≥ 18 » ; plusieurs : en puces",
    ),
    (
        "prévue si",
        "une condition est un nom, ou une comparaison : « attribution », « âge ≥ 18 » ; plusieurs : en puces",
    ),
    (
        "due si",
        "une condition est un nom, ou une comparaison : « attribution », « âge ≥ 18 » ; plusieurs : en puces",
    ),
    (
        "sauf",
        "une exception s'écrit « sauf si » et une condition, puis, sous une valeur, « : » et ce qu'elle devient",
    ),
    ("si", "une condition est un nom, ou une comparaison : « âge ≥ 18 », « statut est étudiant »"),
    (
        "vaut selon",
        "un barème se lit selon une valeur, un tableau selon plusieurs séparées par des virgules ; ses lignes en dessous",
    ),
    (
        "montant selon",
        "un barème se lit selon une valeur, un tableau selon plusieurs séparées par des virgules ; ses lignes en dessous",
    ),
    (
        "vaut",
        "une valeur est un nom, un chiffre avec son unité, ou un calcul : « a + b », « 10 % de a », « nombre de L dont … », « somme de L.x dont … » ; son cas vient après « si »",
    ),
    (
        "montant",
        "un montant est un nom, un chiffre avec son unité, ou un calcul : « 50 € × enfants », « 10 % de devis », « 100 € × (nombre de L dont …) » ; son cas vient après « si »",
    ),
    ("plafonné", "par exemple « plafonné à 1 000 € », avec « si » et son cas s'il y en a un"),
    ("dans la limite de", "par exemple « dans la limite de 1 000 € »"),
    ("au minimum", "par exemple « au minimum 100 € »"),
    ("majoré", "par exemple « majoré de 100 € », « majoré de 10 % si … »"),
    ("augmenté", "par exemple « augmenté de 100 € », « augmenté de 10 % »"),
    ("minoré", "par exemple « minoré de 100 € », « minoré de 10 % si … »"),
    ("diminué", "par exemple « diminué de 100 € », « diminué de 10 % »"),
    ("au prorata", "dire de quoi et sur quoi : « au prorata de jours travaillés sur 365 »"),
    ("arrondi", "par exemple « arrondi à l'euro », « arrondi au centime », « arrondi à l'euro inférieur »"),
    ("au plus tard", "un terme est une date : « au plus tard D + 2 mois », D étant une date du dossier"),
    ("remplie par", "par exemple « remplie par certificat.remis le », une date du dossier"),
    (
        "pour chaque",
        "par exemple « pour chaque médecin dont conventionné » : une liste, puis ce qui en est retenu",
    ),
    ("enveloppe", "par exemple « enveloppe de 90 000 € »"),
    ("entre", "par exemple « entre communes dont adhérente » : une liste, puis ce qui en est retenu"),
    (
        "le reste",
        "le reste va « à la première », « à la plus grande part », « au plus fort reste », ou « est partagé de même entre les autres »",
    ),
    ("le restant", "« le restant est reporté » ou « le restant n'est pas attribué »"),
    ("par ordre", "par exemple « par ordre de communes.rang », « par ordre décroissant de communes.rang »"),
    ("pendant", "par exemple « pendant 3 ans »"),
    ("chaque", "« chaque mois », « chaque trimestre » ou « chaque année »"),
    ("selon", "par exemple « selon arrêté, art. 3 « passage » », avec le nom d'une source déclarée"),
    ("source", "par exemple « source arrêté « Arrêté du 1er mars 2025 », texte opposable »"),
    (
        "jusqu'",
        "une tranche s'écrit « jusqu'à a : », « plus de a jusqu'à b : », « de a à b : », « à partir de a : »",
    ),
    (
        "plus de",
        "une tranche s'écrit « jusqu'à a : », « plus de a jusqu'à b : », « de a à b : », « à partir de a : »",
    ),
    (
        "moins de",
        "une tranche s'écrit « jusqu'à a : », « plus de a jusqu'à b : », « de a à b : », « moins de a : »",
    ),
    (
        "de",
        "une tranche s'écrit « jusqu'à a : », « plus de a jusqu'à b : », « de a à b : », « de a à moins de b : »",
    ),
    (
        "à partir de",
        "une tranche s'écrit « jusqu'à a : », « plus de a jusqu'à b : », « de a à b : », « à partir de a : »",
    ),
    ("-", "une condition est un nom, ou une comparaison : « âge ≥ 18 », « statut est étudiant »"),
];

/// What may stand on a line, by its start.
pub(super) fn of(line: &str, code: &str) -> Option<String> {
    if code == "types-incompatibles" && !line.trim_start().starts_with("au p") {
        return Some("mettre là une valeur de la même sorte que l'autre, avec la même unité".to_owned());
    }
    let said = line.trim_start().replace('’', "'");
    let starts = |head: &str| {
        said.strip_prefix(head)
            .is_some_and(|rest| head.ends_with('\'') || !rest.starts_with(char::is_alphabetic))
    };
    let found = FORMS.iter().filter(|(head, _)| starts(head)).max_by_key(|(head, _)| head.len());
    found.map(|(_, form)| (*form).to_owned()).or_else(|| {
        if said.split_once(':').is_some_and(|(cells, _)| cells.contains(',')) {
            return Some(
                "une case pour chaque chose, séparées par des virgules ; « ou » y joint plusieurs options".to_owned(),
            );
        }
        let figures = said.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '<' | '>' | '≤' | '≥'));
        if figures && said.contains(" : ") {
            let band = FORMS.iter().find(|(head, _)| *head == "de").map(|(_, form)| *form);
            return band.map(str::to_owned);
        }
        let is_fact = said.split_once(" : ").is_some_and(|(name, _)| !name.contains(','));
        is_fact.then(|| {
            "un fait s'écrit « nom : type », puis sa question en dessous : « oui ou non », « entier ≥ 0 », « montant par an », « date », « parmi a, b »".to_owned()
        })
    })
}
