//! Expressions and what they are read as, one a line.

use conforme::number::round::Direction;
use conforme::source::SourceFile;
use conforme::syntax;
use conforme::syntax::tree::{
    Adjustment, Aggregate, ArithOp, CompareOp, ElapsedUnit, Expr, ExprKind, ItemKind, Literal, ValueForm,
};
use conforme::time::DayOf;

/// The value of a definition that is this text; its mistakes instead, where there are some.
fn read(text: &str) -> String {
    let source = format!("dispositif t « t »\nfinancement f\n  montant {text}\n");
    let (document, problems) = syntax::parse(&SourceFile::new("t.pol", source));
    if !problems.is_empty() {
        return problems.iter().map(|p| p.code).collect::<Vec<_>>().join(" ");
    }
    let Some(ItemKind::Funding(funding)) = document.items.first().map(|item| &item.kind) else {
        panic!("no item in {text}")
    };
    let ValueForm::Single(value) = &funding.amount.form else { panic!("no single value in {text}") };
    show(value)
}

fn show(e: &Expr) -> String {
    let all = |list: &[Expr]| list.iter().map(show).collect::<Vec<_>>().join(" ");
    match &e.kind {
        ExprKind::Literal(literal) => match literal {
            Literal::Truth(b) => if *b { "oui" } else { "non" }.to_string(),
            Literal::Number(n) => format!("{n}"),
            Literal::Percent(n) => format!("part:{n}"),
            Literal::Amount(n) => format!("€:{n}"),
            Literal::Date(d) => format!("{d}"),
            Literal::Duration(d) => format!("{}m{}j", d.months, d.days),
            Literal::WorkingDays(d) => format!("{d:?}"),
            Literal::Text(t) => format!("«{t}»"),
        },
        ExprKind::Name(path) => {
            format!("[{}]", path.parts.iter().map(|p| &*p.text).collect::<Vec<_>>().join("|"))
        }
        ExprKind::ExaminationDate => "examen".to_string(),
        ExprKind::AllCriteria => "tous-les-critères".to_string(),
        ExprKind::Paren(a) => format!("<{}>", show(a)),
        ExprKind::Not(a) => format!("(non {})", show(a)),
        ExprKind::And(list) => format!("(et {})", all(list)),
        ExprKind::Or(list) => format!("(ou {})", all(list)),
        ExprKind::Negate(a) => format!("(- {})", show(a)),
        ExprKind::Arith { op, left, right } => {
            let sign = match op {
                ArithOp::Add => "+",
                ArithOp::Sub => "-",
                ArithOp::Mul => "×",
                ArithOp::Div => "÷",
                ArithOp::Pow => "^",
            };
            format!("({} {sign} {})", show(left), show(right))
        }
        ExprKind::Compare { op, left, right, .. } => {
            let sign = match op {
                CompareOp::Eq => "=",
                CompareOp::Ne => "≠",
                CompareOp::Lt => "<",
                CompareOp::Le => "≤",
                CompareOp::Gt => ">",
                CompareOp::Ge => "≥",
            };
            format!("({} {sign} {})", show(left), show(right))
        }
        ExprKind::Is { negated, subject, values } => {
            format!("({} {} {})", show(subject), if *negated { "≠∈" } else { "∈" }, all(values))
        }
        ExprKind::Between { negated, subject, low, high } => {
            let word = if *negated { "hors" } else { "entre" };
            format!("({} {word} {} {})", show(subject), show(low), show(high))
        }
        ExprKind::Within { negated, date, duration, origin } => {
            let word = if *negated { "hors des" } else { "dans les" };
            format!("({} {word} {} suivant {})", show(date), show(duration), show(origin))
        }
        ExprKind::Adjusted { base, adjustment } => {
            let what = match &**adjustment {
                Adjustment::AtMost(a) => format!("au plus {}", show(a)),
                Adjustment::AtLeast(a) => format!("au moins {}", show(a)),
                Adjustment::Prorata(a, b) => format!("prorata {} {}", show(a), show(b)),
                Adjustment::Increase(a) => format!("augmenté {}", show(a)),
                Adjustment::Brought(to) => format!("ramené {}", to.one()),
                Adjustment::Decrease(a) => format!("diminué {}", show(a)),
                Adjustment::Round(r) => {
                    let way = match r.direction {
                        Direction::HalfAway => "près",
                        Direction::HalfEven => "pair",
                        Direction::Down => "bas",
                        Direction::Up => "haut",
                        Direction::TowardZero => "zéro",
                    };
                    format!("arrondi {} {way}", r.step)
                }
            };
            format!("({} {what})", show(base))
        }
        ExprKind::Extremum { greatest, of } => {
            format!("({} {})", if *greatest { "max" } else { "min" }, all(of))
        }
        ExprKind::Aggregate { kind, path, filter, property } => {
            let word = match kind {
                Aggregate::Count => "nombre",
                Aggregate::Sum => "somme",
                Aggregate::Greatest => "plus-grand",
                Aggregate::Least => "plus-petit",
                Aggregate::All => "tous",
                Aggregate::Exists => "existe",
                Aggregate::None => "aucun",
            };
            let filter = filter.as_ref().map_or_else(String::new, |f| format!(" dont {}", show(f)));
            let property = property.as_ref().map_or_else(String::new, |p| format!(" vérifient {}", show(p)));
            format!("({word} {}{filter}{property})", path.text)
        }
        ExprKind::Rank { by, filter, in_order } => {
            let filter = filter.as_ref().map_or_else(String::new, |filter| format!(" {}", show(filter)));
            let ties = if *in_order { " en ordre" } else { "" };
            format!("(rang {}{filter}{ties})", show(by))
        }
        ExprKind::Elapsed { from, to, unit } => {
            let unit = match unit {
                ElapsedUnit::Years(_) => "ans",
                ElapsedUnit::Months(_) => "mois",
                ElapsedUnit::Days => "jours",
            };
            format!("({unit} de {} à {})", show(from), show(to))
        }
        ExprKind::DayOf { day: DayOf::FirstOfMonth, date } => format!("(premier du mois {})", show(date)),
        ExprKind::DayOf { day: DayOf::LastOfMonth, date } => format!("(dernier du mois {})", show(date)),
        ExprKind::DayOf { day: DayOf::FirstOfNextMonth, date } => format!("(mois après {})", show(date)),
        ExprKind::DayOf { day: DayOf::Year(day), date } => {
            format!("({}/{} de l'année {})", day.day(), day.month(), show(date))
        }
        ExprKind::DayOf { day: DayOf::Moved(by), date } => format!("({by:?} {})", show(date)),
        ExprKind::Failing { of, missing } => format!("({} à défaut {missing:?})", show(of)),
        ExprKind::DayOf { day: DayOf::Working(days), date } => format!("({days:?} {})", show(date)),
        ExprKind::WeekdayOf(a) => format!("(jour de la semaine {})", show(a)),
        ExprKind::YearOf(a) => format!("(année {})", show(a)),
        ExprKind::Period { op, of } => {
            format!("({op:?} {})", of.iter().map(show).collect::<Vec<_>>().join(", "))
        }
        ExprKind::AtDate { parameter, date } => format!("({} au {})", parameter.text, show(date)),
        ExprKind::AmountOf(path) => format!("(montant {})", path.text),
        ExprKind::Range { low, high } => format!("(de {} à {})", show(low), show(high)),
        ExprKind::Invalid => "?".to_string(),
    }
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn periods() {
    table(&[
        ("jours de présence", "(Days [présence])"),
        ("les jours du 1er janvier 2025 au 10 mars 2025", "(Days (Ends 2025-01-01, 2025-03-10))"),
        ("jours de la présence dans l'année de D", "(Days (InYear [présence], [D]))"),
        ("jours de présence dans l'année 2025", "(Days (InYear [présence], 2025-01-01))"),
        (
            "jours de présence dans le mois de D jusqu'à la date d'examen",
            "(Days (Until (InMonth [présence], [D]), examen))",
        ),
        ("mois entiers de part commune de P et Q", "(Months (Common [P], [Q]))"),
        ("mois civils entiers de (P depuis D)", "(CalendarMonths (Since [P], [D]))"),
        ("années entières du D au E + 6 mois", "(Years (Ends [D], ([E] + 6m0j)))"),
        ("part de P dans l'année de D", "(InYear [P], [D])"),
        ("du 1er janvier de l'année de D au E", "(Ends (1/1 de l'année [D]), [E])"),
        ("P et Q ont des jours communs", "(Shared [P], [Q])"),
        ("a et P et Q n'ont pas de jours communs", "(et [a] (Unshared [P], [Q]))"),
        ("P et du D au E ont des jours communs", "(Shared [P], (Ends [D], [E]))"),
        ("part de P depuis D et Q ont des jours communs", "(Shared (Since [P], [D]), [Q])"),
        ("D est dans la présence", "(Holds [D], [présence])"),
        ("D n'est pas dans présence dans l'année 2025", "(HoldsNot [D], (InYear [présence], 2025-01-01))"),
        ("D est dans les 6 mois suivant E", "([D] dans les 6m0j suivant [E])"),
        ("jours de P au minimum 3 jours", "((Days [P]) au moins 0m3j)"),
        ("premier jour du mois suivant D", "(mois après [D])"),
        ("premier jour du mois suivant celui de D", "(mois après [D])"),
        ("mois de D + trimestre civil de D", "((MonthOf [D]) + (QuarterOf [D]))"),
        ("600 € pour chaque mois de présence au prorata des jours", "(ByMonth €:600, [présence])"),
        (
            "600 € par mois pendant la durée de P à compter du premier jour du mois suivant D, au prorata des jours",
            "(DuringByDays €:600, (Since [P], (mois après [D])))",
        ),
        (
            "a pendant la durée du 1er janvier 2025 au 1er mars 2025 ≥ 3",
            "((During [a], (Ends 2025-01-01, 2025-03-01)) ≥ 3)",
        ),
        (
            "forfait pour chaque mois de P dans l'année 2025 au prorata des jours arrondi au centime",
            "((ByMonth [forfait], (InYear [P], 2025-01-01)) arrondi 1/100 près)",
        ),
        ("premier jour de P ≥ dernier jour de Q", "((First [P]) ≥ (Last [Q]))"),
        ("6 000 € au prorata des mois entiers de présence sur 12", "(€:6000 prorata (Months [présence]) 12)"),
    ]);
}

#[test]
fn literals() {
    table(&[
        ("80 000 €", "€:80000"),
        ("80\u{a0}000\u{202f}€", "€:80000"),
        ("80000€", "€:80000"),
        ("1 234 567,89 €", "€:123456789/100"),
        ("3,5", "7/2"),
        ("0,10", "1/10"),
        ("10 %", "part:1/10"),
        ("2,5%", "part:1/40"),
        ("1er janvier 2025", "2025-01-01"),
        ("le 1er janvier 2025", "2025-01-01"),
        ("01/01/2025", "2025-01-01"),
        ("29 février 2024", "2024-02-29"),
        ("6 mois", "6m0j"),
        ("1 an", "12m0j"),
        ("2 ans et 6 mois", "30m0j"),
        ("2 ans, 6 mois et 15 jours", "30m15j"),
        ("15 jours", "0m15j"),
        ("oui", "oui"),
        ("non", "non"),
        ("« l'été   indien »", "«l'été indien»"),
        ("« a « b » c »", "«a « b » c»"),
        ("« sur\n  deux lignes »", "«sur deux lignes»"),
    ]);
}

#[test]
fn literals_that_are_refused() {
    table(&[
        ("31 février 2025", "date-impossible"),
        ("29/02/2025", "date-impossible"),
        ("01/13/2025", "date-impossible"),
        ("1er janvier 1599", "date-hors-limites"),
        ("1er janvier 1600", "1600-01-01"),
        ("31 décembre 2999", "2999-12-31"),
        ("1er janvier 3000", "date-hors-limites"),
        ("1er janvrier 2025", "mois-inconnu"),
        ("2025-01-01", "date-mal-ecrite"),
        ("1,5 ans", "duree-non-entiere"),
        ("200 ans", "2400m0j"),
        ("201 ans", "duree-hors-limites"),
        ("1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890"),
        ("12345678901234567890123456789012345678901", "nombre-trop-long"),
        ("3.5", "point-decimal"),
    ]);
}

#[test]
fn names_end_at_reserved_words_and_signs() {
    table(&[
        ("territoire.médecins libéraux", "[territoire|médecins libéraux]"),
        ("la lettre d’intention.reçue  le", "[lettre d'intention|reçue le]"),
        ("l'équipe", "[équipe]"),
        ("les aides", "[aides]"),
        ("étape", "[étape]"),
        ("etape et ouverture", "(et [etape] [ouverture])"),
        ("zone 1 + zone 2", "([zone 1] + [zone 2])"),
        ("non-salarié et sinon-bis", "(et [non-salarié] [sinon-bis])"),
        ("prix+a-b", "([prix] + [a-b])"),
    ]);
}

#[test]
fn order_of_signs() {
    table(&[
        ("a + b × c", "([a] + ([b] × [c]))"),
        ("a - b - c", "(([a] - [b]) - [c])"),
        ("a ÷ b × c", "(([a] ÷ [b]) × [c])"),
        ("(a + b) × -c", "(<([a] + [b])> × (- [c]))"),
        ("a * b / c", "(([a] × [b]) ÷ [c])"),
        ("a >= b", "([a] ≥ [b])"),
        ("a <= b et c != d", "(et ([a] ≤ [b]) ([c] ≠ [d]))"),
        ("non a et b", "(et (non [a]) [b])"),
        ("non a ≥ b ou non c est d", "(ou (non ([a] ≥ [b])) (non ([c] ∈ [d])))"),
        ("a et b et c", "(et [a] [b] [c])"),
        ("a et (b ou c)", "(et [a] <(ou [b] [c])>)"),
        ("10 % de a + b", "((part:1/10 × [a]) + [b])"),
        ("10 % du montant de l'aide", "(part:1/10 × (montant aide))"),
        ("10 % des frais", "(part:1/10 × [frais])"),
        ("a + b plafonné à 10 €", "(([a] + [b]) au plus €:10)"),
        ("a arrondi à l'euro + b", "(([a] arrondi 1 près) + [b])"),
        ("a ≥ b plafonné à c × d", "([a] ≥ ([b] au plus ([c] × [d])))"),
    ]);
}

#[test]
fn what_follows_est() {
    table(&[
        ("a est oui", "([a] ∈ oui)"),
        ("a est non et b", "(et ([a] ∈ non) [b])"),
        ("a n'est pas b", "([a] ≠∈ [b])"),
        ("a n’est pas b", "([a] ≠∈ [b])"),
        ("a est parmi b, c d, e", "([a] ∈ [b] [c d] [e])"),
        ("a n'est pas parmi 1, 2", "([a] ≠∈ 1 2)"),
        ("a est soit b, soit c", "([a] ∈ [b] [c])"),
        ("a est soit b, soit c et d", "(et ([a] ∈ [b] [c]) [d])"),
        ("a est soit b ou soit c", "([a] ∈ [b] [c])"),
        ("a est entre 1 et 10", "([a] entre 1 10)"),
        ("a n'est pas entre 6 mois et 2 ans", "([a] hors 6m0j 24m0j)"),
        ("a est entre b et c + 1 et d", "(et ([a] entre [b] ([c] + 1)) [d])"),
        ("a est dans les 6 mois suivant b", "([a] dans les 6m0j suivant [b])"),
        (
            "a est dans le délai de dépôt suivant la réception",
            "([a] dans les [délai de dépôt] suivant [réception])",
        ),
        ("a n'est pas dans les 15 jours suivant b et c", "(et ([a] hors des 0m15j suivant [b]) [c])"),
    ]);
}

#[test]
fn constructions() {
    table(&[
        ("nombre d'adhérents", "(nombre adhérents)"),
        (
            "le nombre des adhérents dont âge ≥ 18 ou étudiant",
            "(nombre adhérents dont (ou ([âge] ≥ 18) [étudiant]))",
        ),
        ("(nombre d'adhérents dont a) ≥ 3", "(<(nombre adhérents dont [a])> ≥ 3)"),
        ("somme de la dépense.prix", "(somme dépense.prix)"),
        ("le plus grand de a, b + 1, 3", "(max [a] ([b] + 1) 3)"),
        ("plus petit de a, b", "(min [a] [b])"),
        ("le plus grand de L.x dont c", "(plus-grand L.x dont [c])"),
        ("le plus petit de 3", "valeurs-manquantes"),
        ("tous les enfants vérifient âge < 18", "(tous enfants vérifient ([âge] < 18))"),
        ("toutes les aides dont a vérifient b", "(tous aides dont [a] vérifient [b])"),
        ("aucun enfant dont âge < 3", "(aucun enfant dont ([âge] < 3))"),
        ("il existe un enfant dont âge < 3", "(existe enfant dont ([âge] < 3))"),
        ("rang selon la date", "(rang [date])"),
        ("tous les critères sont remplis et a", "(et tous-les-critères [a])"),
        ("date d'examen - 6 mois", "(examen - 6m0j)"),
        ("la date de l'examen", "examen"),
        ("montant du crédit d'amorçage", "(montant crédit d'amorçage)"),
        ("année de la naissance", "(année [naissance])"),
        ("premier jour du mois de d + 1 an", "((premier du mois [d]) + 12m0j)"),
        ("dernier jour du mois de (d + 1 an)", "(dernier du mois <([d] + 12m0j)>)"),
        ("1er janvier de l'année de d", "(1/1 de l'année [d])"),
        ("le 31 décembre de l'année de la d - 1 an", "((31/12 de l'année [d]) - 12m0j)"),
        ("30 juin de l'année de (d + 1 an)", "(30/6 de l'année <([d] + 12m0j)>)"),
        ("entre naissance et date d'examen en années entières ≥ 25", "((ans de [naissance] à examen) ≥ 25)"),
        ("entre a et b en jours", "(jours de [a] à [b])"),
        ("plafond à la date de la demande", "(plafond au [demande])"),
        ("entre 50 € et 100 €", "(de €:50 à €:100)"),
        ("10 + entre 50 € et 100 €", "fourchette-hors-montant"),
    ]);
}

#[test]
fn adjustments() {
    table(&[
        ("a plafonné au total", "([a] au plus [total])"),
        ("a dans la limite du plafond", "([a] au plus [plafond])"),
        ("a au minimum 0 €", "([a] au moins €:0)"),
        ("a au prorata du temps sur 12 mois", "([a] prorata [temps] 12m0j)"),
        ("a au prorata du nombre de mois sur 12", "([a] prorata (nombre mois) 12)"),
        ("a augmenté de 10 %", "([a] augmenté part:1/10)"),
        ("a diminuée du quart", "([a] diminué [quart])"),
        ("a arrondi au centime", "([a] arrondi 1/100 près)"),
        ("a arrondie à l'euro inférieur", "([a] arrondi 1 bas)"),
        ("a arrondi à la centaine d'euros supérieure", "([a] arrondi 100 haut)"),
        ("a arrondi à l'unité", "([a] arrondi 1 près)"),
        ("a arrondi à 2 décimales", "([a] arrondi 1/100 près)"),
        ("a × b puissance 2 puissance 3", "([a] × ([b] ^ (2 ^ 3)))"),
        ("-x puissance 2 + 10 % de y puissance (n)", "((- ([x] ^ 2)) + (part:1/10 × ([y] ^ <[n]>)))"),
        ("puissance fiscale × 2", "([puissance fiscale] × 2)"),
        ("a arrondi à l'euro vers zéro", "([a] arrondi 1 zéro)"),
        ("a arrondi au centime au pair", "([a] arrondi 1/100 pair)"),
        ("a plafonné à 5 € arrondi au centime", "(([a] au plus €:5) arrondi 1/100 près)"),
        ("a arrondi à 21 décimales", "arrondi-impossible"),
    ]);
}

#[test]
fn lines_that_go_on() {
    table(&[
        ("a +\n  b", "([a] + [b])"),
        ("a ≥ # le seuil\n  # autre remarque\n  b", "([a] ≥ [b])"),
        ("(a\n  + b)", "<([a] + [b])>"),
        ("a\n  et b\n  et c", "(et [a] [b] [c])"),
        ("a et\n  b", "(et [a] [b])"),
        ("x est parmi a,\n  b", "([x] ∈ [a] [b])"),
        ("a # remarque", "[a]"),
        ("a\r\n  et b\r", "(et [a] [b])"),
    ]);
}

#[test]
fn what_no_expression_says() {
    table(&[
        ("a et b ou c", "et-ou-melanges"),
        ("a < b < c", "comparaisons-enchainees"),
        ("a est b = c", "comparaisons-enchainees"),
        ("taux d'adhésion 50 %", "signe-manquant"),
        ("a ≥", "valeur-manquante"),
        ("≥ a", "valeur-manquante"),
        ("a et et b", "valeur-manquante"),
        ("(a + b", "parenthese-ouverte"),
        ("a + b)", "parenthese-en-trop"),
        ("il existe un enfant", "suite-inattendue"),
        ("a; b", "signe-inconnu"),
        ("a => b", "signe-inconnu"),
        ("\"a\"", "guillemets-droits"),
        ("a »", "guillemet-en-trop"),
        ("a \u{202e}b", "caractere-interdit"),
        // The hyphen of a page that was set.
        ("a \u{ad}b", "caractere-interdit"),
    ]);
}

#[test]
fn nesting_is_bounded() {
    let nested = |open: &str, close: &str, n: usize| format!("{}a{}", open.repeat(n), close.repeat(n));
    for (open, close) in
        [("(", ")"), ("non ", ""), ("- ", ""), ("10 % de ", ""), ("année de ", ""), ("nombre de l dont ", "")]
    {
        let text =
            if open == "- " { format!("b -{}", nested(open, close, 64)) } else { nested(open, close, 64) };
        assert!(!read(&text).contains("imbrication"), "64 × {open}");
        let text =
            if open == "- " { format!("b -{}", nested(open, close, 65)) } else { nested(open, close, 65) };
        assert_eq!(read(&text), "imbrication", "65 × {open}");
    }
    assert_eq!(read(&nested("« ", " »", 64)).matches('«').count(), 64);
    assert_eq!(read(&nested("« ", " »", 65)), "imbrication");
    assert_eq!(read(&nested("(", ")", 20_000)), "imbrication");
}

#[test]
fn chains_are_bounded() {
    let chain = |n: usize| vec!["a"; n].join(" + ");
    assert!(read(&chain(257)).starts_with('('));
    assert_eq!(read(&chain(258)), "expression-trop-longue");
    assert!(read(&vec!["a"; 5000].join(" et ")).starts_with("(et"));
}
