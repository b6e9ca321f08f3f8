//! Clauses under a condition, and exceptions to a rule: a small policy, dossiers, and what was worked out by hand.

use conforme::check::check;
use conforme::decision::Decision;
use conforme::eval::{Request, decide};
use conforme::known::End;
use conforme::number::Ratio;
use conforme::render::text::{self, TextOptions};
use conforme::render::{Explain, diagnostics};
use conforme::source::SourceFile;
use conforme::time::Date;

const HEAD: &str = "\
dispositif t « Aide aux travaux »
  en vigueur depuis le 1er janvier 2020

source arrêté « Arrêté », texte opposable

dossier
  devis : montant ≥ 0 €
  locataire : oui ou non
  montagne : oui ou non
  île : oui ou non
  exclu : oui ou non
  dépôt : date
  fini le : date

";

const END: &str = "
décision d
  favorable si exclu ou non exclu
";

fn file(items: &str) -> std::sync::Arc<SourceFile> {
    SourceFile::new("t.pol", format!("{HEAD}{items}{END}"))
}

/// Decides a dossier of a quote of 4 000 €, of which these are so.
fn decided(items: &str, so: &[&str]) -> Decision {
    shown(items, so).0
}

/// The decision, and the report on it in full.
fn shown(items: &str, so: &[&str]) -> (Decision, String) {
    let checked = check(&file(items));
    let mistakes: Vec<_> = checked.diagnostics.iter().filter(|d| d.is_error()).cloned().collect();
    assert!(mistakes.is_empty(), "{items}: {}", diagnostics::text(&mistakes, 80, false));
    let policy = checked.policy.expect("a policy without mistakes");
    let answer = |name: &str| format!("{name}: {}\n", if so.contains(&name) { "oui" } else { "non" });
    let answers: String = ["locataire", "montagne", "île", "exclu"].map(answer).concat();
    let text = format!("dispositif: t\ndevis: 4 000 €\ndépôt: 2025-03-31\nfini le: pas encore\n{answers}");
    let dossier = conforme::dossier::read(text.as_bytes(), "d.yaml", &policy)
        .unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let examined_on = Date::new(2025, 4, 1).expect("a date");
    let decision = decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() })
        .unwrap_or_else(|mistakes| panic!("{items}: {mistakes:?}"));
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    let report = text::decision(&policy, &dossier, &decision, &options);
    (decision, report.replace(['\u{a0}', '\u{202f}'], " "))
}

/// What is paid, rounded to the cent: a financing stands last in the items.
fn paid(items: &str, so: &[&str]) -> Ratio {
    let decision = decided(&format!("{items}  arrondi au centime\n"), so);
    let amount = decision.fundings[0].amount().expect("an amount");
    assert_eq!(amount.low, amount.high, "{items}");
    match &amount.low {
        End::Included(value) => value.clone(),
        End::Excluded(_) | End::Infinite => panic!("{items}: {amount:?}"),
    }
}

#[track_caller]
fn gives(items: &str, so: &[&str], expected: &str) {
    assert_eq!(Some(paid(items, so)), Ratio::parse_decimal(expected), "{items}\n{so:?}");
}

/// The one message about these items.
fn refused(items: &str) -> String {
    let found = check(&file(items)).diagnostics;
    let found: Vec<_> = found.into_iter().filter(|d| d.is_error()).collect();
    assert_eq!(found.len(), 1, "{items}: {}", diagnostics::text(&found, 80, false));
    diagnostics::text(&found, 80, false)
}

#[test]
fn a_clause_applies_in_one_case_only() {
    let capped = "financement aide\n  montant 30 % × devis\n  plafonné à 800 € si locataire\n";
    gives(capped, &["locataire"], "800");
    gives(capped, &[], "1200");
    let floored = "financement aide\n  montant 10 % × devis\n  au minimum 500 € si montagne\n";
    gives(floored, &["montagne"], "500");
    gives(floored, &[], "400");
    let raised =
        "financement aide\n  montant 1 000 €\n  majoré de 20 % si île\n  majoré de 50 € si montagne\n";
    gives(raised, &[], "1000");
    gives(raised, &["île"], "1200");
    gives(raised, &["montagne"], "1050");
    gives(raised, &["île", "montagne"], "1250");
    let lessened = "financement aide\n  montant 1 000 €\n  minoré de 10 % si locataire\n";
    gives(lessened, &["locataire"], "900");
    let rounded = "financement aide\n  montant 1 234,50 €\n  arrondi à la centaine d'euros si locataire\n";
    gives(rounded, &["locataire"], "1200");
    gives(rounded, &[], "1234,50");
    // All of the line is under its condition; what stands below applies to all of what is above.
    let both = "financement aide\n  montant 1 234,50 €\n  au minimum 2 000 € majoré de 1 % si île\n  plafonné à 2 010 €\n";
    gives(both, &["île"], "2010");
    gives(both, &[], "1234,50");
}

#[test]
fn a_time_limit_has_cases() {
    let limit = "financement aide\n  montant 1 €\n\nobligation remise\n  \
                 au plus tard dépôt + 1 mois  si locataire\n  au plus tard dépôt + 2 mois  dans les autres cas\n  \
                 remplie par fini le\n";
    for (so, day) in [(&["locataire"][..], "2025-04-30"), (&[], "2025-05-31")] {
        let due = decided(limit, so).obligations[0].due().expect("a time limit");
        assert_eq!(due.value(), Date::parse_iso(day), "{so:?}");
    }
}

const RATE: &str = "définition taux\n  vaut 30 %\n  selon arrêté, art. 1\n  sauf si montagne : 40 %\n    selon arrêté, art. 2\n\n";
const PAID: &str = "financement aide\n  montant taux × devis\n";

#[test]
fn an_exception_gives_its_own_value() {
    let items = format!("{RATE}{PAID}");
    gives(&items, &[], "1200");
    gives(&items, &["montagne"], "1600");
    // What stands above an exception is of the rule alone, what stands below of all.
    let above =
        "financement aide\n  montant 30 % × devis\n  plafonné à 800 €\n  sauf si île : 50 % × devis\n";
    gives(above, &[], "800");
    gives(above, &["île"], "2000");
    let below =
        "financement aide\n  montant 30 % × devis\n  sauf si île : 50 % × devis\n  plafonné à 800 €\n";
    gives(below, &["île"], "800");
    let by_scale = "financement aide\n  montant selon devis\n    jusqu'à 1 000 € : 100 €\n    au-delà : 200 €\n  sauf si île : 300 €\n";
    gives(by_scale, &[], "200");
    gives(by_scale, &["île"], "300");
}

#[test]
fn exceptions_are_ordered_or_exclude_one_another() {
    let both = |first: &str| {
        format!("définition taux\n  vaut 30 %\n  sauf si île : 50 %\n  {first} montagne : 40 %\n\n{PAID}")
    };
    let text = refused(&format!("{}  arrondi au centime\n", both("sauf si")));
    assert!(text.contains("deux exceptions s'appliquent à la fois, par exemple si île est oui et"), "{text}");
    assert!(text.contains("sauf d'abord si"), "{text}");
    let ordered = both("sauf d'abord si");
    gives(&ordered, &["île"], "2000");
    gives(&ordered, &["montagne"], "1600");
    gives(&ordered, &["île", "montagne"], "1600");
    gives(&ordered, &[], "1200");
    let apart = format!(
        "définition taux\n  vaut 30 %\n  sauf si île : 50 %\n  sauf si montagne et non île : 40 %\n\n{PAID}"
    );
    gives(&apart, &["île", "montagne"], "2000");
}

#[test]
fn a_bare_exception_says_the_contrary() {
    let paid_if = |definition: &str| {
        format!(
            "définition ouvert\n{definition}\nfinancement aide\n  montant 1 € si ouvert\n  montant 2 € dans les autres cas\n"
        )
    };
    let condition = paid_if("  vaut devis ≥ 100 €\n  sauf si exclu\n");
    gives(&condition, &[], "1");
    gives(&condition, &["exclu"], "2");
    let never = paid_if("  vaut non\n  sauf dans l'un de ces cas\n    - montagne\n    - île\n");
    gives(&never, &[], "2");
    gives(&never, &["île"], "1");
}

#[test]
fn what_an_exception_lacks_is_told() {
    let bare = format!("définition taux\n  vaut 30 %\n  sauf si montagne\n\n{PAID}");
    let text = refused(&bare);
    assert!(text.contains("cette exception ne dit pas ce qu'elle donne"), "{text}");
    assert!(text.contains("« sauf si montagne : », puis la valeur"), "{text}");
    let other = format!("définition taux\n  vaut 30 %\n  sauf si montagne : 40 €\n\n{PAID}");
    assert!(refused(&other).contains("l'exception donne la même sorte de valeur que la règle"));
}

#[test]
fn as_many_clauses_as_the_limit_allows() {
    let many = |n: usize| {
        let clause = "  majoré de 1 € si montagne\n";
        format!("financement aide\n  montant 1 €\n{}", clause.repeat(n))
    };
    gives(&many(conforme::limits::CONDITIONAL_CLAUSES), &["montagne"], "7");
    assert!(refused(&many(conforme::limits::CONDITIONAL_CLAUSES + 1)).contains("trop-de-clauses"));
}

/// Which rule spoke, and which was set aside.
#[test]
fn an_explanation_says_which_rule_was_set_aside() {
    let items = format!("{RATE}{PAID}  plafonné à 1 000 € si locataire\n  arrondi au centime\n");
    let text = |so: &[&str]| shown(&items, so).1;
    let exception = text(&["montagne"]);
    for said in [
        "exception : 40 %",
        "montagne : oui",
        "règle écartée : 30 %",
        "plafonné à 1 000 € si locataire : ne s'applique pas",
    ] {
        assert!(exception.contains(said), "{said}\n{exception}");
    }
    let rule = text(&["locataire"]);
    for said in ["règle : 30 %", "sauf si montagne : ne s'applique pas", "1 000 €"] {
        assert!(rule.contains(said), "{said}\n{rule}");
    }
}

const DISTANCE: &str = "définition reste\n  si non exclu\n  vaut devis - 1 000 €\n\n";

#[test]
fn a_definition_is_read_where_its_condition_is_in_force() {
    let lines = format!(
        "{DISTANCE}financement aide\n  montant reste          si non exclu\n  montant 10 €  dans les autres cas\n  au minimum 0 €\n"
    );
    gives(&lines, &[], "3000");
    gives(&lines, &["exclu"], "10");
    // The item that reads it stands under the same condition.
    let under = format!("{DISTANCE}financement aide\n  si non exclu\n  montant reste\n  au minimum 0 €\n");
    gives(&under, &[], "3000");
    let text = refused(&format!("{DISTANCE}financement aide\n  montant reste\n  au minimum 0 €\n"));
    for said in [
        "« reste » n'est défini que « si non exclu »",
        "écrire au-dessus une ligne « si non exclu »",
        "definition-hors-condition",
    ] {
        assert!(text.replace("\n", " ").replace("         ", "").contains(said), "{said}\n{text}");
    }
}

/// What it says is proved knowing that it applies: a divisor that is not zero in that case.
#[test]
fn a_definition_is_proved_under_its_condition() {
    let items = "définition part\n  si devis > 0 €\n  vaut 100 € ÷ devis\n\n\
                 financement aide\n  montant part × 1 000 €  si devis > 0 €\n  montant 0 €  dans les autres cas\n";
    gives(items, &[], "25");
}
