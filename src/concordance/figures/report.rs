//! How a figure that does not agree is said: both sides, in the words of the text and in the signs of the rule.

use super::{Comparison, Said, apart};
use crate::concordance::accord::{Accord, accord, of_other_unit, other_period};
use crate::concordance::article::Nature;
use crate::concordance::finding::{Finding, HELP, NOT_NONE, OR_WHY, quoted, words};
use crate::concordance::prose::{self, per};
use crate::concordance::quantity::{Bound, Likeness, Quantity, holds_at_bound, is_floor};
use crate::concordance::rule::{Event, Mention, Role};
use crate::concordance::write;
use crate::number::Ratio;
use crate::policy::{Policy, Quantity as HowMany};
use crate::source::Span;
use crate::syntax::tree::CompareOp;

impl<'c> Comparison<'c, '_> {
    pub(super) fn say_bounds(&mut self, text: &Said<'c>, rule: &Mention) {
        if !self.taken.insert(rule.written) {
            return;
        }
        let policy = self.articles.policy;
        let Some(rule_bound) = rule.bound else { return };
        // A figure without words of comparison is one that is let in.
        let own = if is_floor(rule_bound.op) == Some(true) { CompareOp::Ge } else { CompareOp::Le };
        let text_bound = text.mention.bound.unwrap_or(Bound::exact(own));
        let quantity = text.mention.quantity.words();
        // « n'est pas due lorsque les dépenses sont inférieures à 200 € »: the rule asks for the contrary, 200 € or more.
        let turned = text.mention.contrary
            && is_floor(text_bound.op).zip(is_floor(rule_bound.op)).is_some_and(|(text, rule)| text != rule);
        let text_bound = match turned {
            true => Bound { op: text_bound.op.negated(), ..text_bound },
            false => text_bound,
        };
        let same_direction = is_floor(text_bound.op) == is_floor(rule_bound.op);
        let left_out = !turned
            && text.mention.left_out
            && rule.required
            && is_floor(text_bound.op) == is_floor(rule_bound.op);
        let at_bound = if left_out {
            format!("écrire « {} {quantity} »", text_bound.op.negated().sign())
        } else if accord(text.mention, rule) == Accord::Direction {
            let (asks, gives) = if is_floor(text_bound.op) == Some(true) {
                ("au moins", "au plus")
            } else {
                ("au plus", "au moins")
            };
            let none = self.article().rule.none_of(rule.span);
            let write = match none {
                Some(_) => Some(NOT_NONE.to_owned()),
                None => self.other_way(text, text_bound.op, rule),
            };
            let write = write.map(|write| format!(" ; {write}")).unwrap_or_default();
            format!("le texte demande {asks} {quantity}, la règle {gives}{write}")
        } else if same_direction {
            let answer = |op| if holds_at_bound(op) { "oui" } else { "non" };
            format!(
                "{} exactement, le texte dit {} et la règle dit {}",
                at_place(&text.mention.quantity),
                answer(text_bound.op),
                answer(rule_bound.op)
            )
        } else {
            let (side, holds) = match is_floor(text_bound.op) {
                Some(true) => ("au-dessus", is_floor(rule_bound.op) == Some(true)),
                _ => ("au-dessous", is_floor(rule_bound.op) == Some(false)),
            };
            match (text.mention.quantity.is_date(), is_floor(rule_bound.op)) {
                // « au moins 2 » and « exactement 2 »: they differ above.
                (false, None) if rule_bound.op == CompareOp::Eq && holds_at_bound(text_bound.op) => {
                    format!("{side} de {quantity}, le texte dit oui et la règle dit non")
                }
                (false, Some(_)) if !holds => {
                    format!("{side} de {quantity}, le texte dit oui et la règle dit non")
                }
                _ => format!(
                    "{} exactement, le texte et la règle ne disent pas la même chose",
                    at_place(&text.mention.quantity)
                ),
            }
        };

        self.found.push(Finding {
            article: self.at,
            code: "concordance-comparaison",
            message: if left_out {
                format!(
                    "le texte écarte {}, la règle exige « {} »",
                    quoted(policy, text.mention.span),
                    meaning(rule, rule_bound.op)
                )
            } else {
                format!(
                    "le texte dit {}, la règle dit « {} »",
                    quoted(policy, text.mention.span),
                    meaning(rule, rule_bound.op)
                )
            },
            text: text.mention.span,
            text_label: if left_out {
                "écarté ici".to_owned()
            } else {
                format!("soit « {} {} »", text_bound.op.sign(), quantity)
            },
            rule: self.article().rule.none_of(rule.span).map_or(rule.span, |none| none.span),
            rule_label: if left_out { "exigé ici" } else { "n'est pas la même comparaison" }.to_owned(),
            help: match at_its_bound(policy, text_bound.op, rule).filter(|_| same_direction && !left_out) {
                Some(write) => format!("{at_bound} ; écrire « {write} », {OR_WHY}"),
                None if at_bound.contains("écrire « ") => format!("{at_bound}, {OR_WHY}"),
                // Never turned round, where both ask for more or both for less.
                None if same_direction && rule.role == Role::Time => format!("{at_bound} ; {HELP}"),
                None => match self.other_way(text, text_bound.op, rule) {
                    Some(write) => format!("{at_bound} ; {write}, {OR_WHY}"),
                    None => format!("{at_bound} ; {HELP}"),
                },
            },
        });
    }

    /// What to write for a bound that is the wrong way round.
    fn other_way(&self, text: &Said<'c>, op: CompareOp, rule: &Mention) -> Option<String> {
        let written = words(self.articles.policy, rule.span);
        let dates: Vec<Event> = self.article().rule.dates.iter().map(|(date, _)| date.clone()).collect();
        apart::other_way((text.passage, text.mention), rule, &written, &dates)
            .or_else(|| other_way(op, rule, &written))
    }

    /// The figure is the same, of another period: « 1 800 euros par mois » and `revenu annuel ≤ 1 800 €`.
    fn say_period(&mut self, text: &Said<'c>, rule: &Mention) {
        let Some((said, its)) = text.mention.per.zip(rule.per) else { return };
        let (said, its) = (per::words(said.days), per::words(its));
        let figure = text.mention.quantity.words();
        self.found.push(Finding {
            article: self.at,
            code: "concordance-unite",
            message: format!(
                "le texte dit {} {said}, la règle dit « {} » {its}",
                quoted(self.articles.policy, text.mention.span),
                meaning(rule, rule.bound.map_or(CompareOp::Eq, |bound| bound.op))
            ),
            text: text.mention.span,
            text_label: format!("{figure} {said}"),
            rule: rule.span,
            rule_label: format!("{figure} {its}"),
            help: match in_period(&text.mention.quantity, text.mention.per.map(|per| per.days), rule.per) {
                Some(quantity) => format!("écrire « {} » {its}, {OR_WHY}", quantity.words()),
                None => format!("ramener les deux à la même période, {OR_WHY}"),
            },
        });
    }

    pub(super) fn say_other(&mut self, text: &Said<'c>, rule: &Mention) {
        if other_period(text.mention, rule) {
            self.say_period(text, rule);
            return;
        }
        let policy = self.articles.policy;
        let likeness = text.mention.quantity.compare(&rule.quantity);
        let other_unit = of_other_unit(text.mention, rule);
        let (code, differs) = match likeness {
            _ if other_unit => ("concordance-unite", "n'est pas la même unité"),
            Likeness::OtherUnit => ("concordance-unite", "n'est pas la même unité"),
            _ if rule.role == Role::HowMany => {
                ("concordance-liste", "n'est pas le même nombre de conditions")
            }
            _ if rule.quantity.is_date() => ("concordance-date", "n'est pas la même date"),
            _ => ("concordance-chiffre", "n'est pas le même chiffre"),
        };
        let unit = unit_after(&words(policy, rule.written), &rule.quantity);
        let shown = meaning(rule, rule.bound.map_or(CompareOp::Eq, |bound| bound.op)) + &unit;
        let shown = match rule.counted.filter(|_| other_unit) {
            Some(1) => format!("{shown} mois"),
            Some(_) => format!("{shown} ans"),
            None => shown,
        };
        let text_says = quoted(policy, text.mention.span);
        let all_criteria = rule.role == Role::Criteria;
        let count = rule.quantity.words();
        self.found.push(Finding {
            article: self.at,
            code,
            message: if all_criteria {
                format!("le texte dit {text_says}, la règle en réunit {count}")
            } else {
                format!("le texte dit {text_says}, la règle dit « {shown} »")
            },
            text: text.mention.span,
            text_label: said_label(&words(policy, text.mention.span), &text.mention.quantity),
            rule: if rule.borrowed { rule.written } else { rule.span },
            rule_label: if all_criteria { format!("il y en a {count}") } else { differs.to_owned() },
            help: if all_criteria {
                "ôter ou ajouter un critère, ou dire pourquoi : « concordance : motif « … » »".to_owned()
            } else {
                write_instead(&text.mention.quantity, &words(policy, text.mention.span), rule, &unit)
            },
        });
    }

    pub(super) fn say_lacking(&mut self, text: &Said<'c>) {
        let article = self.article();
        // A definition says one thing; what it quotes besides is for the items that read it.
        let policy = self.articles.policy;
        let code = if text.mention.quantity.is_date() {
            "concordance-date"
        } else if crate::concordance::lists::counts_conditions(&text.passage.tokens, text.mention.to) {
            "concordance-liste"
        } else {
            "concordance-chiffre"
        };
        let one_of = article.rule.joined.iter().find(|joined| {
            joined.main && matches!(joined.how, HowMany::AtLeast(1) | HowMany::AtMost(0) | HowMany::All)
        });
        if code == "concordance-liste"
            && let (Some(joined), Some(bound)) = (one_of, text.mention.bound)
            && let Quantity::Count { value, .. } = &text.mention.quantity
        {
            let many = if is_floor(bound.op) == Some(true) { "au moins" } else { "au plus" };
            let none = joined.how == HowMany::AtMost(0);
            let first = joined.of.first().filter(|_| !none).map_or(joined.span, |asked| asked.span);
            let (says, label) = match joined.how {
                HowMany::All => ("exige toutes les puces", "chacune de ces conditions est exigée ici"),
                HowMany::AtMost(_) => ("n'en veut aucune", "aucune ne doit être remplie"),
                _ => ("dit « l'un de » : une seule suffit", "une seule de ces conditions suffit ici"),
            };
            self.found.push(Finding {
                article: self.at,
                code,
                message: format!("le texte dit {}, la règle {says}", quoted(policy, text.mention.span)),
                text: text.mention.span,
                text_label: format!("{many} {}", text.mention.quantity.words()),
                rule: first,
                rule_label: label.to_owned(),
                help: format!(
                    "écrire « {many} {} de » au-dessus des puces, {OR_WHY}",
                    Quantity::Count { value: value.clone(), bare: true }.words()
                ),
            });
            return;
        }
        let what = if text.mention.quantity.is_date() { "cette date" } else { "ce chiffre" };
        self.found.push(Finding {
            article: self.at,
            code,
            message: format!("le texte dit {}, la règle n'en dit rien", quoted(policy, text.mention.span)),
            text: text.mention.span,
            text_label: format!("{what} n'est pas dans la règle"),
            rule: article.rule_span(),
            rule_label: "la règle".to_owned(),
            help: format!(
                "{}, ne pas citer ce qui n'en est pas, ou dire pourquoi : « concordance : motif « … » »",
                self.to_add(text.mention)
            ),
        });
    }

    /// What to add for a figure that the rule lacks: the line of a financing, else the figure itself.
    fn to_add(&self, text: &prose::Mention) -> String {
        let figure = text.quantity.words();
        let paid = self.article().paid.is_some();
        let part = matches!(text.quantity, Quantity::Percent(_));
        let line = match (text.adds, text.bound.and_then(|bound| is_floor(bound.op))) {
            (Some(true), _) if paid && part => "majoré de",
            (Some(true), _) if paid => "augmenté de",
            (Some(false), _) if paid && part => "minoré de",
            (Some(false), _) if paid => "diminué de",
            (None, Some(true)) if paid && text.quantity.is_money() => "au minimum",
            (None, Some(false)) if paid && text.quantity.is_money() => "plafonné à",
            _ => {
                let sign = text.bound.map(|bound| format!("{} ", bound.op.sign())).unwrap_or_default();
                return format!("écrire « {sign}{figure} » dans la règle");
            }
        };
        format!("ajouter la ligne « {line} {figure} »")
    }

    pub(super) fn say_extra(&mut self, extra: &[&'c Mention], has_texts: bool) {
        let article = self.article();
        let policy = self.articles.policy;
        let mut told: Vec<&Quantity> = Vec::new();
        // Both ends of one comparison are told at once.
        let mut places: Vec<Span> = Vec::new();
        for rule in extra {
            if rule.is_structural() || told.contains(&&rule.quantity) || self.is_cut_of_spoken(rule) {
                continue;
            }
            told.push(&rule.quantity);
            if !article.quotes_all || rule.borrowed {
                continue;
            }
            // A definition that quotes nothing is held against what reads it.
            let quoted_by = if has_texts {
                article.quoted.first()
            } else if article.nature == Nature::Shared {
                let mut readers = article.above.iter().map(|above| &self.articles.all[*above]);
                if !readers.clone().all(|reader| reader.quotes_all) {
                    continue;
                }
                readers.find_map(|reader| reader.quoted.first())
            } else {
                None
            };
            let Some(quotation) = quoted_by else { continue };
            if !self.taken.insert(rule.written) || places.contains(&rule.span) {
                continue;
            }
            places.push(rule.span);
            let (code, label) = match rule.role {
                Role::HowMany => ("concordance-liste", "aucun passage ne dit combien"),
                _ if rule.quantity.is_date() => ("concordance-date", "cette date n'est dans aucun passage"),
                _ => ("concordance-chiffre", "ce chiffre n'est dans aucun passage"),
            };
            let shown = if rule.role == Role::HowMany {
                meaning(rule, rule.bound.map_or(CompareOp::Eq, |bound| bound.op))
            } else {
                words(policy, rule.span)
            };
            let first = quotation.passage.tokens.first().map_or(quotation.span, |token| token.span);
            let last = quotation.passage.tokens.last().map_or(first, |token| token.span);
            self.found.push(Finding {
                article: self.at,
                code,
                message: format!("la règle dit « {shown} », le texte cité n'en dit rien"),
                text: first.to(last),
                text_label: "le texte".to_owned(),
                rule: rule.span,
                rule_label: label.to_owned(),
                help: "citer le passage qui le dit, corriger la règle, ou dire pourquoi : « concordance : motif « … » »".to_owned(),
            });
        }
    }
}

/// « à 10 », « le 1er janvier 2025 ».
fn at_place(quantity: &Quantity) -> String {
    if quantity.is_date() { quantity.words() } else { format!("à {}", quantity.words()) }
}

/// What to write, where the figure of the text can stand for that of the rule.
fn write_instead(text: &Quantity, said: &str, rule: &Mention, unit: &str) -> String {
    let counted = matches!(rule.quantity, Quantity::Count { .. });
    let written = match text {
        Quantity::SpecialDays { kind: "francs", .. } => None,
        // « la moitié » of `40 %`.
        Quantity::Share(share) => {
            let percent = Quantity::Percent(share.clone()).words();
            (matches!(rule.quantity, Quantity::Percent(_)) && percent.chars().count() <= 8).then_some(percent)
        }
        Quantity::SpecialDays { .. } | Quantity::Percent(_) => Some(text.words()),
        // « dix ans » of what is counted in whole months.
        Quantity::Months(months) if counted && let Some(each) = rule.counted => months
            .div(&Ratio::from(each))
            .filter(Ratio::is_integer)
            .map(|value| Quantity::Count { value, bare: true }.words()),
        // « seize ans » of an age that is counted without its unit.
        Quantity::Months(months) if counted => {
            let years =
                months.div(&Ratio::from(12)).filter(|years| years.is_integer() && said.contains(" an"));
            Some(Quantity::Count { value: years.unwrap_or_else(|| months.clone()), bare: true }.words())
        }
        Quantity::Days(days) if counted => Some(Quantity::Count { value: days.clone(), bare: true }.words()),
        _ => Some(text.words()),
    };
    match written {
        Some(written) => format!("écrire « {written}{unit} », {OR_WHY}"),
        None => HELP.to_owned(),
    }
}

/// What stands after a figure where it is written: « par ha » of `104 € par ha`.
fn unit_after(written: &str, quantity: &Quantity) -> String {
    let after = written.strip_prefix(&*quantity.words()).unwrap_or("");
    if after.starts_with(' ') { after.to_owned() } else { String::new() }
}

/// What a figure in words comes to; nothing new of one in digits.
fn said_label(words: &str, quantity: &Quantity) -> String {
    let shown = quantity.words();
    if words.contains(&shown) { "le texte".to_owned() } else { format!("soit « {shown} »") }
}

/// What a figure of a rule says, in signs: `≥ 10 %`.
fn meaning(rule: &Mention, op: CompareOp) -> String {
    match rule.bound {
        Some(_) if rule.role == Role::Since => {
            let (since, day) = (rule.quantity.words(), op == CompareOp::Le);
            match since.strip_prefix("le ") {
                Some(date) if day => format!("jusqu'au {date}"),
                Some(_) | None => format!("depuis {since}"),
            }
        }
        // « + 6 mois », « entre 50 000 € et … »: the rule has no sign there.
        Some(_) if rule.role == Role::Range || (rule.role == Role::Time && op == CompareOp::Le) => {
            rule.quantity.words()
        }
        Some(_) => format!("{} {}", op.sign(), rule.quantity.words()),
        None => rule.quantity.words(),
    }
}

/// `âge ≥ 18 et âge < 30` for `âge est entre 18 et 30`, which holds at both ends, where the text leaves one out.
fn framed(policy: &Policy, op: CompareOp, rule: &Mention) -> Option<String> {
    let (whole, end) = (words(policy, rule.span), words(policy, rule.written));
    let (value, ends) = whole.split_once(" est entre ")?;
    let (low, high) = ends.split_once(" et ").filter(|(_, high)| !high.contains(" et "))?;
    let (least, most) = match (low == end, high == end) {
        (true, false) => (op, CompareOp::Le),
        (false, true) => (CompareOp::Ge, op),
        (true, true) | (false, false) => return None,
    };
    let write = format!("{value} {} {low} et {value} {} {high}", least.sign(), most.sign());
    let line = policy.file.line(policy.file.position(rule.span.start).line);
    Some(if line.contains(" ou ") { format!("({write})") } else { write })
}

/// What to write for a bound that is the wrong way round: another sign, `est` for `n'est pas`, the ends of a frame in
/// their order, a ceiling for a floor.
fn other_way(op: CompareOp, rule: &Mention, written: &str) -> Option<String> {
    if let Some(affirmed) = write::affirmed(written) {
        return Some(format!("écrire « {affirmed} »"));
    }
    if let Some((value, ends)) = written.split_once(" est entre ") {
        let (low, high) = ends.split_once(" et ")?;
        return Some(format!("écrire « {value} est entre {high} et {low} »"));
    }
    let floor = is_floor(op)?;
    match rule.role {
        Role::Limit if floor => Some("écrire « au minimum »".to_owned()),
        Role::Limit => Some("écrire « plafonné à »".to_owned()),
        Role::HowMany => {
            let many = if floor { "au moins" } else { "au plus" };
            let Quantity::Count { value, .. } = &rule.quantity else { return None };
            let count = Quantity::Count { value: value.clone(), bare: true }.words();
            Some(format!("écrire « {many} {count} de »"))
        }
        _ => turned(written, op, rule.bound.map(|bound| bound.op)).map(|sign| format!("écrire « {sign} »")),
    }
}

/// The sign of the text, or the comparisons that a frame stands for, where only the bound itself is at stake.
fn at_its_bound(policy: &Policy, op: CompareOp, rule: &Mention) -> Option<String> {
    if rule.role == Role::Time {
        let sign = apart::at_bound(rule, &words(policy, rule.span), holds_at_bound(op));
        return sign.map(str::to_owned);
    }
    let own = rule.role == Role::Compared && rule.bound.is_some();
    let signed = own && (!rule.borrowed || write::sign(&words(policy, rule.span)).is_some());
    framed(policy, op, rule).or_else(|| signed.then(|| op.sign().to_owned()))
}

/// A figure of one period as it is in another, by their months.
fn in_period(figure: &Quantity, said: Option<i64>, its: Option<i64>) -> Option<Quantity> {
    let times = Ratio::from(its?).div(&Ratio::from(said?))?;
    match figure {
        Quantity::Euros(value) => Some(Quantity::Euros(value.mul(&times))),
        Quantity::Francs(value) => Some(Quantity::Francs(value.mul(&times))),
        _ => None,
    }
}

/// The sign to write for the one that puts a bound the wrong way round: the one of the time that is added or taken off,
/// else that of the text.
fn turned(rule: &str, op: CompareOp, bound: Option<CompareOp>) -> Option<&'static str> {
    match (rule.contains(" - "), rule.contains(" + ")) {
        (true, false) => Some("+"),
        (true, true) => None,
        (false, true) => match write::sign(rule)? {
            "≤" => Some("≥"),
            "≥" => Some("≤"),
            "<" => Some(">"),
            _ => Some("<"),
        },
        (false, false) => {
            let sign = write::sign(rule)?;
            let own = bound?;
            match sign {
                _ if sign == own.sign() => Some(op.sign()),
                // What is compared stands on the right: `12 ≤ âge`.
                _ if sign == own.flipped().sign() => Some(op.flipped().sign()),
                _ => None,
            }
        }
    }
}
