//! Periods: what is counted in them, against results worked out by hand on a calendar.

use conforme::check::check;
use conforme::decision::{Decision, Outcome, Status};
use conforme::diagnostic::Diagnostic;
use conforme::dossier;
use conforme::eval::{Request, decide};
use conforme::known::End;
use conforme::number::Ratio;
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;

use super::cents;

const HEAD: &str = "\
dispositif t « Essai »
  en vigueur depuis le 1er janvier 2020

source T « Texte », texte opposable

dossier
  présence : période
    « Quelle est la période de présence ? »
  mandat : période, si élu
  élu : oui ou non
  demande : date
  contrats : liste
  contrats.durée : période
  contrats.plein : oui ou non

";

fn policy(items: &str) -> Policy {
    let checked = check(&SourceFile::new("t.pol", format!("{HEAD}{items}")));
    let mistakes: Vec<_> = checked.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(mistakes.is_empty(), "{items}: {mistakes:?}");
    checked.policy.expect("a policy without mistakes")
}

fn read(policy: &Policy, yaml: &str) -> Result<Decision, Vec<Diagnostic>> {
    let dossier = dossier::read(format!("dispositif: t\n{yaml}").as_bytes(), "d.yaml", policy)?;
    let examined_on = Date::new(2025, 10, 1).expect("a date");
    decide(policy, &dossier, &Request { examined_on, readings: Vec::new() })
}

fn demanded(condition: &str, yaml: &str) -> Status {
    let policy = policy(&format!(
        "critère c\n  selon T « x »\n  exige {condition}\n\ndécision d\n  favorable si tous les critères sont remplis\n"
    ));
    read(&policy, yaml).unwrap_or_else(|mistakes| panic!("{condition}: {mistakes:?}")).criteria[0].status
}

fn paid(amount: &str, yaml: &str) -> Ratio {
    let policy = policy(&format!(
        "décision d\n  favorable si présence est oui\n\nfinancement f\n  selon T « x »\n  montant {amount}\n"
    )
    .replace("favorable si présence est oui", "favorable si demande ≤ demande + 1 jour"));
    let decision = read(&policy, yaml).unwrap_or_else(|mistakes| panic!("{amount}: {mistakes:?}"));
    match decision.fundings[0].amount().as_ref().map(|amount| amount.low.clone()) {
        Some(End::Included(least)) => least,
        other => panic!("{amount}: {other:?}"),
    }
}

/// From 15 January to 10 March 2025: 17 + 28 + 10 = 55 days.
const SHORT: &str = "présence: du 15/01/2025 au 10/03/2025\ndemande: 2025-02-01\nélu: non\ncontrats: []\n";

#[test]
fn what_is_counted_in_a_period_is_what_a_calendar_shows() {
    let table: &[(&str, &str)] = &[
        ("jours de présence", "55 jours"),
        ("jours de présence dans l'année de demande", "55 jours"),
        ("jours de présence dans l'année 2024", "0 jours"),
        ("jours de présence dans le mois de demande", "28 jours"),
        ("jours de présence depuis demande", "38 jours"),
        ("jours de présence jusqu'à demande", "18 jours"),
        ("jours de présence à compter de la demande", "38 jours"),
        ("jours de présence à compter du 11 mars 2025", "0 jours"),
        ("jours de présence à partir du 1er mars 2025", "10 jours"),
        ("jours de présence à compter du premier jour du mois suivant la demande", "10 jours"),
        ("jours de présence depuis le premier jour du mois suivant celui de la demande", "10 jours"),
        ("jours de présence jusqu'au dernier jour du mois de demande", "45 jours"),
        ("jours du premier jour du mois de demande au dernier jour du mois de demande", "28 jours"),
        ("jours de présence jusqu'au 14 janvier 2025", "0 jours"),
        ("jours de présence depuis le 11 mars 2025", "0 jours"),
        ("jours du 1er janvier 2025 au 31 janvier 2025", "31 jours"),
        ("jours du 10 mars 2025 au 1er mars 2025", "0 jours"),
        ("jours de part commune de présence et du 1er mars 2025 au 1er avril 2025", "10 jours"),
        ("jours de part commune de (présence dans l'année 2024) et présence", "0 jours"),
        // 15 January + 1 month = 15 February, + 2 months = 15 March, past the day after the last one.
        ("mois entiers de présence", "1"),
        ("mois entiers du 15 janvier 2025 au 14 mars 2025", "2"),
        ("mois entiers du 15 janvier 2025 au 13 mars 2025", "1"),
        ("mois entiers du 1er janvier 2025 au 31 décembre 2025", "12"),
        ("mois entiers de présence dans l'année 2024", "0"),
        ("mois civils entiers de présence", "1"),
        ("mois civils entiers du 1er janvier 2025 au 31 mars 2025", "3"),
        ("mois civils entiers du 2 janvier 2025 au 30 mars 2025", "1"),
        ("mois civils entiers du 2 janvier 2025 au 20 janvier 2025", "0"),
        ("années entières du 29 février 2024 au 27 février 2025", "1"),
        ("années entières du 1er mars 2024 au 27 février 2025", "0"),
        ("années entières du 10 mars 2025 au 1er mars 2025", "0"),
        ("premier jour de présence", "15 janvier 2025"),
        ("dernier jour de présence dans l'année 2024", "31 décembre 2024"),
    ];
    for (counted, expected) in table {
        assert_eq!(demanded(&format!("{counted} = {expected}"), SHORT), Status::Met, "{counted}");
    }
}

#[test]
fn conditions_on_periods_come_out_as_a_calendar_shows() {
    let table: &[(&str, Status)] = &[
        ("demande est dans présence", Status::Met),
        ("demande n'est pas dans présence", Status::NotMet),
        ("demande est dans présence dans le mois de demande", Status::Met),
        ("demande - 18 jours est dans présence", Status::NotMet),
        ("demande - 17 jours est dans présence", Status::Met),
        ("présence et du 10 mars 2025 au 1er avril 2025 ont des jours communs", Status::Met),
        ("présence et du 11 mars 2025 au 1er avril 2025 ont des jours communs", Status::NotMet),
        ("présence et du 11 mars 2025 au 1er avril 2025 n'ont pas de jours communs", Status::Met),
        // The second is empty, though its ends lie within the first.
        ("présence et du 1er mars 2025 au 1er février 2025 ont des jours communs", Status::NotMet),
        ("part de présence dans l'année 2024 et présence n'ont pas de jours communs", Status::Met),
    ];
    for (condition, expected) in table {
        assert_eq!(demanded(condition, SHORT), *expected, "{condition}");
    }
}

#[test]
fn an_amount_is_shared_out_by_whole_months() {
    // Six whole months of twelve.
    let half = "présence: du 01/03/2025 au 31/08/2025\ndemande: 2025-02-01\nélu: non\ncontrats: []\n";
    let amount = "6 000 € au prorata des mois entiers de présence sur 12";
    assert_eq!(paid(amount, half), Ratio::from(3000));
    assert_eq!(paid(amount, SHORT), Ratio::from(500));
    // 365 days of 365.
    let whole = "présence: du 01/01/2025 au 31/12/2025\ndemande: 2025-02-01\nélu: non\ncontrats: []\n";
    let by_days = "1 000 € au prorata des jours de présence sur jours du 1er janvier 2025 au 31 décembre 2025 arrondi au centime";
    assert_eq!(paid(by_days, whole), Ratio::from(1000));
}

#[test]
fn an_amount_by_month_is_shared_out_by_days() {
    // 600 × 17 ÷ 31 + 600 + 600 × 10 ÷ 31 = 329.03 + 600 + 193.55
    let by_month = "600 € pour chaque mois de présence au prorata des jours arrondi au centime";
    assert_eq!(paid(by_month, SHORT), cents(112_258));
    let within = |from: &str, to: &str| {
        format!("présence: du {from} au {to}\ndemande: 2025-02-01\nélu: non\ncontrats: []\n")
    };
    let table = [
        ("01/02/2025", "28/02/2025", 60_000),
        ("10/02/2025", "16/02/2025", 15_000),
        ("01/01/2025", "31/12/2025", 720_000),
        // 600 ÷ 31 + 600 ÷ 29
        ("31/01/2024", "01/02/2024", 4_004),
    ];
    for (from, to, expected) in table {
        assert_eq!(paid(by_month, &within(from, to)), cents(expected), "{from} {to}");
    }
    let empty =
        "600 € pour chaque mois de présence dans l'année 2023 au prorata des jours arrondi au centime";
    assert_eq!(paid(empty, SHORT), cents(0));
    // Each day counts for what the amount is on that day: 31 days at 31 € a month in January, 14 of 28 days at 28 €, then
    // 14 of 28 days at 56 €.
    let text = "paramètre forfait\n  selon T « x »\n  vaut 31 € depuis le 1er janvier 2020\n  vaut 28 € depuis le 1er février 2025\n  \
                vaut 56 € depuis le 15 février 2025\n\nfinancement f\n  selon T « x »\n  montant forfait pour chaque mois de présence au \
                prorata des jours\n  arrondi au centime\n\ndécision d\n  favorable si demande ≤ demande + 1 jour\n";
    let policy = policy(text);
    let paid = |yaml: &str| {
        read(&policy, yaml).map(|decision| decision.fundings[0].amount().as_ref().map(|a| a.low.clone()))
    };
    let expected = Some(End::Included(cents(3_100 + 1_400 + 2_800)));
    assert_eq!(paid(&within("01/01/2025", "28/02/2025")).expect("a decision"), expected);
    let mistakes = paid(&within("31/12/2019", "28/02/2025")).expect_err("no value in 2019");
    assert_eq!(mistakes.iter().map(|m| m.code).collect::<Vec<_>>(), ["parametre-sans-valeur"]);
}

#[test]
fn what_is_due_during_a_period_adds_up() {
    let table: &[(&str, i128)] = &[
        // 329.03 + 600 + 193.55
        ("600 € par mois pendant la durée de la présence au prorata des jours", 112_258),
        ("600 € par mois pendant la période de présence, au prorata des jours", 112_258),
        ("600 € par mois\n    pendant la durée de présence au prorata des jours", 112_258),
        ("(7 200 € par an ramené au mois) pendant la durée de présence au prorata des jours", 112_258),
        // 600 × 10 ÷ 31
        (
            "600 € par mois pendant la durée de la présence à compter du premier jour du mois suivant la demande, au prorata \
             des jours",
            19_355,
        ),
        // 600 ÷ 28 + 600 × 10 ÷ 31
        (
            "600 € par mois pendant la durée de présence à compter du dernier jour du mois de demande au prorata des jours",
            21_498,
        ),
        (
            "600 € par mois pendant la période du 1er février 2025 au 28 février 2025 au prorata des jours",
            60_000,
        ),
        ("5 € par jour pendant la durée de présence", 27_500),
        ("5 € par jour pendant la durée de présence à compter de la demande", 19_000),
    ];
    for (amount, expected) in table {
        assert_eq!(paid(&format!("{amount}\n  arrondi au centime"), SHORT), cents(*expected), "{amount}");
    }
    // A day counts for what the amount is on that day: 31 days at 31 €, 31 days at 2 €.
    let text = |unit: &str, during: &str| {
        format!(
            "paramètre forfait\n  selon T « x »\n  vaut 31 € par {unit} depuis le 1er janvier 2020\n  vaut 2 € par {unit} depuis le \
             1er février 2025\n\nfinancement f\n  selon T « x »\n  montant forfait {during}\n\ndécision d\n  favorable si \
             demande ≤ demande + 1 jour\n"
        )
    };
    let within = "présence: du 30/01/2025 au 03/02/2025\ndemande: 2025-02-01\nélu: non\ncontrats: []\n";
    let policy = policy(&text("jour", "pendant la durée de présence"));
    let decision = read(&policy, within).expect("a decision");
    let least = decision.fundings[0].amount().as_ref().map(|amount| amount.low.clone());
    assert_eq!(least, Some(End::Included(Ratio::from(2 * 31 + 3 * 2))));
}

#[test]
fn the_length_of_a_contract_is_the_contract_unless_it_has_a_name_of_its_own() {
    let text = |facts: &str| {
        format!(
            "dispositif t « Essai »\n  en vigueur depuis le 1er janvier 2020\n\nsource T « Texte », texte opposable\n\ndossier\n{facts}\n\
             résultat dû\n  selon T « x »\n  vaut 10 € par jour pendant la durée du contrat d'apprentissage\n"
        )
    };
    let table = [
        (
            "  contrat d'apprentissage : période\n",
            "contrat d'apprentissage: du 01/01/2025 au 03/01/2025\n",
            30,
        ),
        (
            "  durée du contrat d'apprentissage : période\n",
            "durée du contrat d'apprentissage: du 01/01/2025 au 04/01/2025\n",
            40,
        ),
        (
            "  contrat d'apprentissage : période\n  durée du contrat d'apprentissage : période\n",
            "contrat d'apprentissage: du 01/01/2025 au 03/01/2025\ndurée du contrat d'apprentissage: du 01/01/2025 au 04/01/2025\n",
            40,
        ),
    ];
    for (facts, dossier, expected) in table {
        let checked = check(&SourceFile::new("t.pol", text(facts)));
        let mistakes: Vec<_> = checked.diagnostics.iter().filter(|d| d.is_error()).collect();
        assert!(mistakes.is_empty(), "{facts}: {mistakes:?}");
        let decision = read(&checked.policy.expect("a policy"), dossier).expect("a decision");
        let least = decision.fundings[0].amount().as_ref().map(|amount| amount.low.clone());
        assert_eq!(least, Some(End::Included(Ratio::from(expected))), "{facts}");
    }
}

#[test]
fn months_and_quarters_are_those_of_the_calendar() {
    let table: &[(&str, &str)] = &[
        ("mois de demande", "2"),
        ("mois de (demande - 1 jour)", "1"),
        ("mois de (demande + 333 jours)", "12"),
        ("trimestre civil de demande", "1"),
        ("trimestre civil de (demande + 59 jours)", "2"),
        ("trimestre civil de (demande + 333 jours)", "4"),
        ("premier jour du mois suivant demande", "1er mars 2025"),
        ("premier jour du mois suivant (demande + 333 jours)", "1er janvier 2026"),
    ];
    for (value, expected) in table {
        assert_eq!(demanded(&format!("{value} = {expected}"), SHORT), Status::Met, "{value}");
    }
}

#[test]
fn a_definition_names_a_period() {
    let policy = policy(
        "définition présence utile\n  vaut part de présence dans l'année de demande\n\n\
         définition contrats.part récente\n  vaut part de durée depuis le 1er juin 2025\n\n\
         définition contrats.jours récents\n  vaut jours de part récente\n\n\
         critère a\n  selon T « x »\n  exige jours de présence utile = 55 jours\n\n\
         critère b\n  selon T « x »\n  exige (somme de contrats.jours récents dont plein) = 33 jours\n\n\
         critère c\n  selon T « x »\n  exige (nombre de contrats dont demande est dans durée) = 1\n\n\
         décision d\n  favorable si tous les critères sont remplis\n",
    );
    let yaml = "\
présence: {du: 15/01/2025, au: 10/03/2025}
demande: 2025-02-01
élu: non
contrats:
  - {durée: du 1er janvier 2025 au 3 juin 2025, plein: oui}
  - {durée: {du: 2025-06-01, au: 2025-06-30}, plein: oui}
  - {durée.du: 2025-06-01, durée.au: 2025-06-30, plein: non}
";
    assert_eq!(read(&policy, yaml).expect("a decision").decision.status, Status::Favourable);
}

#[test]
fn a_period_that_goes_on_ends_after_the_examination() {
    let rest = "demande: 2025-02-01\nélu: non\ncontrats: []\n";
    let written = [
        "présence: depuis le 15/01/2025",
        "présence: à compter du 15 janvier 2025",
        "présence: du 15/01/2025 au en cours",
        "présence: {du: 15/01/2025, au: en cours}",
        "présence: {du: 15/01/2025, au: pas encore}",
        "présence: {du: 15/01/2025}",
        "présence: {valeur: depuis le 15/01/2025, source: contrat}",
    ];
    let table = [
        ("jours de présence dans l'année 2024 = 0 jours", Status::Met),
        ("jours de présence jusqu'à la date d'examen = 260 jours", Status::Met),
        ("jours de présence ≥ 261 jours", Status::Met),
        ("jours de présence ≥ 262 jours", Status::Undetermined),
        ("mois entiers de présence ≥ 8", Status::Met),
        ("mois entiers de présence ≥ 9", Status::Undetermined),
        ("demande est dans présence", Status::Met),
        ("demande + 365 jours est dans présence", Status::Undetermined),
    ];
    for present in written {
        for (condition, expected) in table {
            assert_eq!(
                demanded(condition, &format!("{present}\n{rest}")),
                expected,
                "{present}: {condition}"
            );
        }
    }
    // Not known is another thing than going on.
    let unknown = [
        "présence: {du: 15/01/2025, au: inconnu}",
        "présence.du: 15/01/2025\nprésence.au:",
        "présence.du: 15/01/2025",
    ];
    for unknown in unknown {
        let yaml = format!("{unknown}\n{rest}");
        assert_eq!(demanded("jours de présence ≥ 261 jours", &yaml), Status::Undetermined, "{unknown}");
        assert_eq!(demanded("jours de présence ≥ 1 jours", &yaml), Status::Met, "{unknown}");
    }
}

#[test]
fn a_period_whose_days_are_the_wrong_way_round_is_sent_back() {
    let policy = policy(
        "critère c\n  selon T « x »\n  exige jours de présence ≥ 3 jours\n\n\
         critère e\n  selon T « x »\n  si élu\n  exige jours de mandat ≥ 3 jours\n\n\
         décision d\n  favorable si tous les critères sont remplis\n",
    );
    let codes = |yaml: &str| match read(&policy, yaml) {
        Ok(decision) => format!("{:?}", decision.outcome),
        Err(mistakes) => mistakes.iter().map(|mistake| mistake.code).collect::<Vec<_>>().join(" "),
    };
    let given = |present: &str| codes(&format!("{present}\ndemande: 2025-02-01\nélu: non\ncontrats: []\n"));
    assert_eq!(given("présence: du 10/03/2025 au 15/01/2025"), "coherence-non-respectee");
    assert_eq!(given("présence: {du: 10/03/2025, au: 09/03/2025}"), "coherence-non-respectee");
    assert_eq!(given("présence: du 10/03/2025 au 10/03/2025"), format!("{:?}", Outcome::Unfavourable));
    assert_eq!(given("présence: du 10/03/2025 au 32/03/2025"), "date-inexistante");
    assert_eq!(given("présence: du 10/03/2025 au 20/03/25"), "date-hors-limites");
    assert_eq!(given("présence: trois mois"), "reponse-inattendue");
    assert_eq!(given("présence: [du 10/03/2025 au 20/03/2025]"), "reponse-inattendue");
    assert_eq!(given("présence: depuis 10/03/2025\nprésence.au: 2025-03-20"), "cle-en-double");
    assert_eq!(given("présence: 2025-01-15/2025-03-10"), format!("{:?}", Outcome::Favourable));
    assert_eq!(
        given("présence: depuis le 1er janvier 2025\nmandat: depuis le 1er janvier 2025"),
        "reponse-non-demandee"
    );
}

/// A period is one question of two days: that it has none is said once, by its name.
#[test]
fn a_period_without_a_question_is_told_once() {
    let text = "dispositif t « Essai »\n  en vigueur depuis le 1er janvier 2020\n\nsource T « Texte », texte opposable\n\ndossier\n  \
                présence : période\n\nrésultat r\n  selon T « x »\n  vaut jours de présence\n";
    let found = check(&SourceFile::new("t.pol", text)).diagnostics;
    let told: Vec<_> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["le fait « présence » n'a pas de question"]);
}
