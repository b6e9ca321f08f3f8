//! One mistake, one remark, under the words that are wrong, with what to write; the right rule draws none. A row is an
//! item with its right words and its wrong ones.

use conforme::check::check;
use conforme::concordance::review;
use conforme::source::SourceFile;

const HEAD: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er avril 2025

source loi « Loi », texte opposable

dossier
  demande.déposée le : date
  contrat.commence le : date
  contrat.finit le : date
  reprise.commence le : date
  séjour.départ le : date
  séjour.retour le : date
  étudiant : oui ou non
  déjà commerçant : oui ou non
    « A-t-il déjà exploité un commerce alimentaire ? »
  rural : oui ou non
  âge : entier ≥ 0
  surface : nombre en ha ≥ 0
  frais : montant ≥ 0 €
  supplément : montant ≥ 0 €
  parcelles : liste
  parcelles.surface : nombre ≥ 0
  parcelles.point d'eau autorisé : oui ou non
  parcelles.restreinte : oui ou non

paramètre plafond
  selon loi, art. 9
  vaut 1 000 € depuis le 1er janvier 2020
  vaut 1 200 € depuis le 1er janvier 2025

définition plancher de l'aide
  selon loi, art. 8
  vaut 300 €

décision d
  favorable si étudiant

";

/// What is underlined in the rule, what is said, and what to write.
fn remarks(item: &str) -> Vec<(String, String, String)> {
    let text = format!("{HEAD}{item}\n");
    let file = SourceFile::new("essai.pol", text.clone());
    let checked = check(&file);
    let policy = checked.policy.unwrap_or_else(|| panic!("{text}\n{:?}", checked.diagnostics));
    let said = review(&policy).into_iter().map(|remark| remark.diagnostic);
    said.map(|one| {
        let rule = one.labels.get(1).map_or("", |label| file.slice(label.span)).to_owned();
        let help = one.help.unwrap_or_default();
        let write = help.split(", ou dire").next().unwrap_or("").split(" ; ").next().unwrap_or("").to_owned();
        (rule, one.message, write)
    })
    .collect()
}

/// The right words draw no remark; the wrong ones one, under these words, that says so and helps so.
#[track_caller]
fn one(item: &str, right: &str, wrong: &str, (under, message, help): (&str, &str, &str)) {
    assert!(item.contains(right), "{right}");
    assert_eq!(remarks(item), [], "{item}");
    let wrong = item.replace(right, wrong);
    let said = remarks(&wrong);
    let [(rule, told, write)] = said.as_slice() else { panic!("{wrong}\n{said:#?}") };
    assert!(rule == under && told.contains(message) && write == help, "{wrong}\n{rule}\n{told}\n{write}");
}

/// What « n'a jamais » denies is its own clause, not the time in the other; and the question says what is denied.
#[test]
fn a_denial_is_of_its_own_clause() {
    for said in [
        "Le contrat a commencé depuis moins de douze mois à la date du dépôt de la demande et n'a jamais été rompu.",
        "Le contrat n'a jamais été rompu et a commencé depuis moins de douze mois à la date du dépôt de la demande.",
    ] {
        one(
            &format!(
                "critère durée\n  selon loi « {said} »\n  exige demande.déposée le < contrat.commence le + 12 mois\n"
            ),
            "demande.déposée le < contrat.commence le + 12 mois",
            "contrat.commence le + 12 mois < demande.déposée le",
            (
                "contrat.commence le + 12 mois < demande.déposée le",
                "la règle dit « > 1 an »",
                "le texte demande au plus 1 an, la règle au moins",
            ),
        );
    }
    one(
        "critère premier\n  selon loi « Il n'a jamais exploité de commerce alimentaire. »\n  exige non déjà commerçant\n",
        "non déjà commerçant",
        "déjà commerçant",
        ("déjà commerçant", "la règle l'exige", "écrire « déjà commerçant est non »"),
    );
}

#[test]
fn a_time_goes_from_the_beginning_to_the_end() {
    let item = "critère durée
  selon loi « L'aide est due pour un contrat d'une durée d'au moins six mois. »
  exige RÈGLE
";
    for (right, wrong) in [
        (
            "contrat.finit le ≥ contrat.commence le + 6 mois",
            "contrat.commence le ≥ contrat.finit le + 6 mois",
        ),
        (
            "contrat.commence le + 6 mois ≤ contrat.finit le",
            "contrat.finit le + 6 mois ≤ contrat.commence le",
        ),
        (
            "contrat.commence le ≤ contrat.finit le - 6 mois",
            "contrat.finit le ≤ contrat.commence le - 6 mois",
        ),
        (
            "(entre contrat.commence le et contrat.finit le en mois entiers) ≥ 6",
            "(entre contrat.finit le et contrat.commence le en mois entiers) ≥ 6",
        ),
    ] {
        let whole = wrong.trim_start_matches('(').split(')').next().unwrap();
        let help = right.trim_start_matches('(').split(')').next().unwrap();
        one(
            &item.replace("RÈGLE", right),
            right,
            wrong,
            (whole, "la règle la compte de « contrat.finit le »", &format!("écrire « {help} »")),
        );
    }
    // A longest time; another thing that begins; a stay.
    one(
        "critère durée\n  selon loi « Le contrat est d'une durée de deux ans au plus. »\n  exige contrat.finit le ≤ contrat.commence le + 2 ans\n",
        "contrat.finit le ≤ contrat.commence le + 2 ans",
        "contrat.commence le ≤ contrat.finit le + 2 ans",
        (
            "contrat.commence le ≤ contrat.finit le + 2 ans",
            "le texte fixe une durée",
            "écrire « contrat.finit le ≤ contrat.commence le + 2 ans »",
        ),
    );
    let other = item.replace("RÈGLE", "reprise.commence le ≥ contrat.finit le + 6 mois");
    assert_eq!(remarks(&other), []);
    one(
        "critère présence\n  selon loi « La demande est déposée au cours du séjour. »\n  exige demande.déposée le est entre séjour.départ le et séjour.retour le\n",
        "entre séjour.départ le et séjour.retour le",
        "entre séjour.retour le et séjour.départ le",
        (
            "demande.déposée le est entre séjour.retour le et séjour.départ le",
            "la règle la compte de « séjour.retour le »",
            "écrire « demande.déposée le est entre séjour.départ le et séjour.retour le »",
        ),
    );
}

#[test]
fn a_limit_that_is_named_stands_after_what_is_added() {
    for (passage, by, limit, shown) in [
        (
            "Elle est majorée de 20 % en zone rurale. Elle ne peut excéder le plafond.",
            "majoré de 20 % si rural",
            "plafonné à plafond",
            "« plafond »",
        ),
        (
            "Elle est majorée de 20 % en zone rurale et ne peut excéder le plafond.",
            "majoré de 20 % si rural",
            "plafonné à plafond",
            "« plafond »",
        ),
        (
            "Elle est majorée de 20 % en zone rurale, dans la limite du plafond en vigueur.",
            "majoré de 20 % si rural",
            "plafonné à plafond",
            "« plafond »",
        ),
        (
            "Elle est majorée de 20 % en zone rurale. Elle ne peut excéder 1 200 €.",
            "majoré de 20 % si rural",
            "plafonné à plafond",
            "« plafond »",
        ),
        (
            "Elle est augmentée du supplément, sans pouvoir excéder le plafond.",
            "augmenté de supplément",
            "plafonné à plafond",
            "« plafond »",
        ),
        (
            "Elle est augmentée de 50 €, sans pouvoir excéder les frais.",
            "augmenté de 50 €",
            "plafonné à frais",
            "« frais »",
        ),
    ] {
        let right = format!("  {by}\n  {limit}");
        let wrong = format!("  {limit}\n  {by}");
        let item = format!(
            "financement aide\n  selon loi « {passage} »\n  montant frais\n{right}\n  arrondi au centime\n"
        );
        let under = limit.trim_start_matches("plafonné à ");
        one(
            &item,
            &right,
            &wrong,
            (
                under,
                "ce qui a été majoré",
                &format!("mettre la ligne qui limite à {shown} sous celle qui majore"),
            ),
        );
    }
    let item = "financement aide\n  selon loi « Elle est minorée de 10 % en zone rurale, sans pouvoir être inférieure au plancher. »\n  montant frais\n  minoré de 10 % si rural\n  au minimum plancher de l'aide\n  arrondi au centime\n";
    one(
        item,
        "  minoré de 10 % si rural\n  au minimum plancher de l'aide",
        "  au minimum plancher de l'aide\n  minoré de 10 % si rural",
        (
            "plancher de l'aide",
            "la règle diminue ce qui a été porté à ce minimum",
            "mettre la ligne qui porte au moins à « plancher de l'aide » sous celle qui diminue",
        ),
    );
    // What the passage adds to what it has limited, the rule may.
    let other = "financement aide\n  selon loi « L'aide est versée dans la limite du plafond. Elle est majorée de 20 % en zone rurale. »\n  montant frais\n  plafonné à plafond\n  majoré de 20 % si rural\n  arrondi au centime\n";
    assert_eq!(remarks(other), []);
}

#[test]
fn a_figure_of_a_scale_is_held_against_the_definition_that_quotes_it() {
    one(
        "définition barème à l'hectare
  vaut selon âge
    moins de 40    : 90 € par ha
    de 40 à 60     : 140 € par ha
    plus de 60     : 200 € par ha

définition indemnité
  selon loi « 90 euros par hectare avant quarante ans, 140 euros par hectare de 40 à 60 ans, et 200 euros par hectare au-delà de 60 ans. »
  selon loi « Elle est majorée de 15 % en zone rurale. »
  vaut barème à l'hectare × surface
  majoré de 15 % si rural
",
        "140 € par ha",
        "104 € par ha",
        ("104 € par ha", "le texte dit « 140 euros », la règle dit « 104 € par ha »", "écrire « 140 € par ha »"),
    );
}

/// What is wrong is underlined on its own line, whatever the clause.
#[test]
fn every_clause_of_an_item_has_its_place() {
    let item = "financement aide
  selon loi « Pour une famille de moins de trois personnes, l'aide est de 60 % des frais, majorée de 10 %, sans pouvoir être inférieure à 700 € ni excéder 8 000 €. Elle est versée chaque mois pendant trois ans aux personnes de vingt ans au plus, sauf si elles ont moins de sept ans. »
  si parcelles.surface
  prévu si âge ≤ 20
  sauf si âge < 7
  montant 60 % × frais
  majoré de 10 %
  au minimum 700 €
  plafonné à 8 000 €
  arrondi au centime
  chaque mois
  pendant 3 ans
";
    let item = item
        .replace("  si parcelles.surface\n", "")
        .replace("Pour une famille de moins de trois personnes, l'aide", "L'aide");
    for (right, wrong, under, help) in [
        ("pendant 3 ans", "pendant 3 mois", "3 mois", "écrire « 3 ans »"),
        ("pendant 3 ans", "pendant 2 ans", "2 ans", "écrire « 3 ans »"),
        ("pendant 3 ans", "pendant 90 jours", "90 jours", "écrire « 3 ans »"),
        ("prévu si âge ≤ 20", "prévu si âge ≤ 25", "âge ≤ 25", "écrire « 20 »"),
        ("sauf si âge < 7", "sauf si âge < 9", "âge < 9", "écrire « 7 »"),
        ("montant 60 %", "montant 65 %", "65 %", "écrire « 60 % »"),
        ("majoré de 10 %", "majoré de 15 %", "15 %", "écrire « 10 % »"),
        ("minimum 700 €", "minimum 900 €", "900 €", "écrire « 700 € »"),
        ("plafonné à 8 000 €", "plafonné à 9 000 €", "9 000 €", "écrire « 8 000 € »"),
        ("\n  chaque mois", "\n  chaque année", "chaque année", "écrire « chaque mois » sous le montant"),
    ] {
        one(&item, right, wrong, (under, "le texte dit", help));
    }
}

#[test]
fn a_date_of_a_parameter_is_the_one_of_its_value() {
    let item = "paramètre forfait
  selon loi « 1 200 €. Il est porté à 1 300 € à compter du 1er septembre 2026. »
  vaut 1 200 € depuis le 1er avril 2025
  vaut 1 300 € depuis le 1er septembre 2026
";
    one(
        item,
        "le 1er septembre 2026\n",
        "le 1er septembre 2025\n",
        (
            "vaut 1 300 € depuis le 1er septembre 2025",
            "le texte dit « à compter du 1er septembre 2026 », la règle dit « depuis le 1er septembre 2025 »",
            "écrire « le 1er septembre 2026 »",
        ),
    );
    // Of three values, the one that the passage gives before the date.
    let item = "paramètre forfait
  selon loi « 1 200 €, puis 1 300 € à compter du 1er juin 2026 et 1 400 € à compter du 1er juin 2027. »
  vaut 1 200 € depuis le 1er avril 2025
  vaut 1 300 € depuis le 1er juin 2026
  vaut 1 400 € depuis le 1er juin 2027
";
    for (right, wrong, value) in
        [("juin 2026\n", "mai 2026\n", "1 300 €"), ("juin 2027\n", "mai 2027\n", "1 400 €")]
    {
        one(
            item,
            &format!("depuis le 1er {right}"),
            &format!("depuis le 1er {wrong}"),
            (
                &format!("vaut {value} depuis le 1er {}", wrong.trim_end()),
                "le texte dit",
                &format!("écrire « le 1er {} »", right.trim_end()),
            ),
        );
    }
}

#[test]
fn how_often_an_amount_is_paid_is_no_figure_of_it() {
    let said = remarks(
        "financement premier versement
  selon loi « L'aide est versée en deux fois : 60 % à la notification, le solde à l'ouverture. »
  montant 60 % × frais
  arrondi au centime
",
    );
    assert_eq!(said, []);
}

#[test]
fn the_conditions_of_a_list_are_joined_as_the_passage_says() {
    let item = "définition surface irriguée
  selon loi « Est prise en compte la surface des parcelles dont le point d'eau est autorisé LIEN restreintes. »
  vaut somme de parcelles.surface dont point d'eau autorisé SIGNE restreinte
";
    let of = |link: &str, sign: &str| item.replace("LIEN", link).replace("SIGNE", sign);
    one(
        &of("et", "et"),
        "autorisé et restreinte\n",
        "autorisé ou restreinte\n",
        ("point d'eau autorisé ou restreinte", "le texte dit « et »", "écrire « et »"),
    );
    one(
        &of("ou", "ou"),
        "autorisé ou restreinte\n",
        "autorisé et restreinte\n",
        ("point d'eau autorisé et restreinte", "le texte dit « ou »", "écrire « ou »"),
    );
    // Those of both kinds are added up.
    let both = "définition surface irriguée\n  selon loi « La surface des parcelles autorisées et des parcelles restreintes est prise en compte. »\n  vaut somme de parcelles.surface dont point d'eau autorisé ou restreinte\n";
    assert_eq!(remarks(both), []);
}

#[test]
fn what_is_taken_off_is_said_in_the_words_of_the_rule() {
    one(
        "financement aide\n  selon loi « L'aide est minorée de moitié en zone rurale. »\n  montant frais\n  minoré de 50 % si rural\n  arrondi au centime\n",
        "minoré de 50 %",
        "majoré de 50 %",
        (
            "majoré de 50 %",
            "le texte retranche 50 % (« minorée de moitié »), la règle ajoute 50 %",
            "écrire « minoré de »",
        ),
    );
}

#[test]
fn what_is_taken_off_by_its_name_is_not_added() {
    let of = |sum: &str| {
        format!(
            "contribution part\n  selon loi « La part est égale aux frais, augmentés du plancher et diminués du \
             supplément. »\n  montant {sum} au minimum 0 €\n"
        )
    };
    let told = (
        "+ supplément",
        "le texte retranche « supplément » (« diminués du supplément »), la règle l'ajoute",
        "écrire « - supplément »",
    );
    one(&of("(frais + plancher de l'aide - supplément)"), "- supplément", "+ supplément", told);
    let told = (
        "- plancher de l'aide",
        "le texte ajoute « plancher de l'aide » (« augmentés du plancher »), la règle le retranche",
        "écrire « + plancher de l'aide »",
    );
    one(&of("(frais + plancher de l'aide - supplément)"), "+ plancher", "- plancher", told);
    // Taken off what is taken off, it is added: another sign turns the parentheses.
    let turned = of("(frais + plancher de l'aide - (supplément - 10 €))")
        .replace("supplément. »", "supplément moins 10 €. »");
    assert_eq!(remarks(&turned), [], "{turned}");
}

/// A comma between an age and what it gives makes no time of both, and a bound said once serves two columns.
#[test]
fn the_lines_of_a_table_are_no_sum() {
    let table = "définition durée\n  selon loi « La durée est de 548 jours avant 55 ans ; à 55 ans, 685 jours et à partir de 56 \
                 ans, 822 jours. »\n  vaut selon âge\n    moins de 55 : 548 jours\n    de 55 à 55 : 685 jours\n    à partir de 56 : 822 \
                 jours\n";
    assert_eq!(remarks(table), []);
    let columns = "définition coefficient\n  selon loi « Le coefficient est de 1 au-dessous de 18 ans, de 1,2 à partir de 18 ans ; \
                   pour un étudiant, il est respectivement de 1,3 et de 1,4. »\n  vaut selon âge, étudiant\n    moins de 18, non : \
                   1\n    à partir de 18, non : 1,2\n    moins de 18, oui : 1,3\n    à partir de 18, oui : 1,4\n";
    assert_eq!(remarks(columns), []);
}

/// Two passages bound what one comparison says: it is mended once, and told once.
#[test]
fn one_comparison_is_told_once() {
    let item = "définition âge requis\n  selon loi « Cet âge minimum est ramené à 16 ans en zone rurale. »\n  vaut 16 si rural\n  \
                vaut 18 dans les autres cas\n\ncritère majorité\n  selon loi « Le demandeur a au moins 18 ans. »\n  exige âge ≥ âge \
                requis\n";
    assert_eq!(remarks(item), []);
    let said = remarks(&item.replace("âge ≥ âge", "âge > âge"));
    let [(rule, _, write)] = said.as_slice() else { panic!("{said:#?}") };
    assert_eq!(rule, "âge > âge requis", "{write}");
}
