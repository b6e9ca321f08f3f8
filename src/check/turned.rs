//! Names that stand for nothing because they are a turn of phrase: « neuf mois », « pas rural »,
//! « revenu supérieur à plafond ».

use super::Checker;
use super::names::{Found, Scope};
use super::types::Ty;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy::Type;
use crate::source::Span;
use crate::syntax::tree::{Kind, Path};
use crate::syntax::{self, turns};
use crate::wording::MONTHS;

/// What denies a name in words.
const NEGATIONS: [&str; 9] = [
    "pas de ",
    "pas d'",
    "pas ",
    "absence de ",
    "absence d'",
    "l'absence de ",
    "sans ",
    "aucun ",
    "n'est pas ",
];

/// No turn of phrase between two names is looked for in a longer one.
const MOST_WORDS: usize = 16;

impl Checker<'_> {
    /// What is said of a name that is a turn of phrase.
    pub(super) fn turned(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        let text = &*path.text;
        if text == "inconnu" || text == "inconnue" {
            let message = format!("rien ne se compare à « {text} »");
            let help = "l'enlever : une réponse qui manque laisse d'elle-même la décision à établir";
            return Some(
                Diagnostic::error("compare-a-inconnu", message).at(self.file, path.span, "").help(help),
            );
        }
        if let Some(problem) = self.half(path).or_else(|| self.first_of_month(path)) {
            return Some(problem);
        }
        if let Some(figure) = turns::quantity(text) {
            let message = format!("un nombre s'écrit en chiffres ; lu « {text} »");
            let problem = Diagnostic::error("nombre-en-lettres", message).at(self.file, path.span, "");
            return Some(problem.instead(self.file, path.span, &[figure]));
        }
        let readable = |name: &str| !matches!(self.names.resolve(name, scope), Found::Nothing);
        if let Some(denied) = NEGATIONS
            .into_iter()
            .find_map(|no| text.strip_prefix(no))
            .filter(|name| self.is_deniable(name, path, scope))
        {
            return Some(self.denied(path, denied));
        }
        self.all_met(path)
            .or_else(|| self.nothing(path))
            .or_else(|| self.day_of_week(path, scope))
            .or_else(|| self.of_each(path, scope))
            .or_else(|| self.of_a_kind(path, readable))
            .or_else(|| self.later(path, readable))
            .or_else(|| self.neither_nor(path, readable))
            .or_else(|| self.held(path, readable))
            .or_else(|| self.to_figure(path))
            .or_else(|| self.end_of_time(path, readable))
            .or_else(|| self.must_be(path, readable))
            .or_else(|| self.mean(path))
            .or_else(|| self.share_in_words(path, scope, readable))
            .or_else(|| self.compared_in_words(path, readable))
            .or_else(|| self.first_half(path, readable))
            .or_else(|| self.said_in_words(path, readable))
            .or_else(|| self.in_the_year(path, readable))
            .or_else(|| self.figures_apart(path))
            .or_else(|| self.of_its_group(path, readable))
            .or_else(|| self.neither(path, scope))
            .or_else(|| self.option_without_is(path, scope))
    }

    /// « néant », « sans objet »: nothing, of what is paid or counted.
    fn nothing(&self, path: &Path) -> Option<Diagnostic> {
        const NOTHING: [&str; 8] = ["néant", "rien", "zéro", "aucun", "aucune", "sans objet", "nul", "nulle"];
        NOTHING.contains(&path.text.to_lowercase().as_str()).then_some(())?;
        let message = format!("« {} » s'écrit en chiffres", path.text);
        let problem = Diagnostic::error("nombre-en-lettres", message).at(self.file, path.span, "");
        // As the other lines of the item count, or else as a number.
        let (before, after) = (self.file.text().get(..path.span.start as usize)?, path.span.end as usize);
        let above = before.get(before.rfind("\n\n").unwrap_or(0)..)?;
        let below = self.file.text().get(after..)?.split("\n\n").next()?;
        let written = |text: &str, sign: &str| {
            let mut depth = 0_i32;
            text.split_inclusive(['«', '»']).any(|part| {
                let found = depth <= 0 && part.contains(sign);
                depth += i32::from(part.ends_with('«')) - i32::from(part.ends_with('»'));
                found
            })
        };
        let sign = self.currency().sign();
        let says = [sign, "%"].into_iter().find(|sign| written(above, sign) || written(below, sign));
        let says = says.map_or("0".to_owned(), |sign| format!("0 {sign}"));
        Some(problem.instead(self.file, path.span, &[says]))
    }

    /// « commence le est un dimanche »: a date is no day of the week.
    fn day_of_week(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        let text = &*path.text;
        let day = ["un ", "le "].into_iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text);
        DAYS.contains(&day).then_some(())?;
        let line = self.line_before(path.span)?;
        let verb = [" n'est pas ", " est "].into_iter().find(|verb| line.ends_with(verb))?;
        let before = line.strip_suffix(verb)?;
        let starts = before.match_indices(' ').map(|(at, _)| at + 1).filter(|at| before.len() - at < 100);
        let date = starts.filter_map(|at| before.get(at..)).find(|name| {
            matches!(self.names.resolve(name, scope), Found::Symbol(symbol)
                if self.what_type(symbol.what) == Some(Ty::Of(Type::Date)))
        })?;
        let start = path.span.start as usize - verb.len() - date.len();
        let place = Span::new(start, path.span.end as usize);
        let message = format!("« {date} » est une date : son jour de la semaine se demande");
        let problem = Diagnostic::error("tournure", message).at(self.file, place, "");
        Some(problem.instead(self.file, place, &[format!("jour de la semaine de {date}{verb}{day}")]))
    }

    /// « les critères sont tous remplis », read as one name.
    fn all_met(&self, path: &Path) -> Option<Diagnostic> {
        if !turns::all_met(&path.text) {
            return None;
        }
        let line = self.line_before(path.span)?;
        let article = if line.ends_with("les ") || line.ends_with("Les ") { "les ".len() } else { 0 };
        let place = Span::new(path.span.start as usize - article, path.span.end as usize);
        let message = format!("« {} » se dit autrement", self.file.slice(place));
        let problem = Diagnostic::error("tournure", message).at(self.file, place, "");
        Some(problem.instead(self.file, place, &["tous les critères sont remplis"]))
    }

    /// « critère tout »: an item by its kind and its name.
    fn of_a_kind(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let (kind, name) = path.text.split_once(' ')?;
        let is_kind = Kind::ALL.iter().any(|own| own.word() == kind);
        let message = format!("un nom se dit seul, sans « {kind} »");
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        (is_kind && readable(name)).then(|| problem.instead(self.file, path.span, &[name]))
    }

    /// « ni certificat ni rural ».
    fn neither_nor(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let names: Vec<&str> = path.text.strip_prefix("ni ")?.split(" ni ").take(MOST_WORDS).collect();
        let says: Vec<String> = names.iter().map(|name| format!("non {name}")).collect();
        let says = says.join(" et ");
        let message = format!("« {} » s'écrit « {says} »", path.text);
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        names.iter().all(|name| readable(name)).then(|| problem.instead(self.file, path.span, &[says]))
    }

    /// « disposer d'un certificat », « NON certificat »: a condition is its name, with nothing but « non » before it.
    fn held(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        const HELD: [&str; 16] = [
            "avoir un ",
            "avoir une ",
            "avoir ",
            "posséder un ",
            "posséder une ",
            "posséder ",
            "disposer de ",
            "disposer d'un ",
            "disposer d'une ",
            "dispose d'un ",
            "dispose d'une ",
            "dispose de ",
            "détenir ",
            "détient ",
            "présence de ",
            "présence d'un ",
        ];
        let text = &*path.text;
        if let Some((first, name)) = text.split_once(' ').filter(|(_, name)| readable(name))
            && (syntax::small_word(first) == Some("non") || first == "not")
        {
            let message = format!("« {first} » s'écrit « non »");
            let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
            return Some(problem.instead(self.file, path.span, &[format!("non {name}")]));
        }
        let name = HELD.into_iter().find_map(|held| text.strip_prefix(held)).filter(|name| readable(name))?;
        let message = format!("une condition se dit par son nom seul : « {name} »");
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        Some(problem.instead(self.file, path.span, &[name]))
    }

    /// « heures < à 5 ».
    fn to_figure(&self, path: &Path) -> Option<Diagnostic> {
        let figure =
            path.text.strip_prefix("à ").filter(|f| f.bytes().all(|b| b.is_ascii_digit() || b == b' '))?;
        let signed = self.line_before(path.span)?.trim_end().ends_with(['≥', '≤', '<', '>', '=', '≠']);
        let message = "après un signe, « à » est en trop".to_owned();
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        signed.then(|| problem.instead(self.file, path.span, &[figure]))
    }

    /// « fin du mois de dépôt ».
    fn end_of_time(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let (said, date) = [" de la ", " de l'", " du ", " de ", " d'"].into_iter().find_map(|of| {
            let (said, date) = path.text.rsplit_once(of)?;
            (readable(date) || date == "examen").then_some((said, date))
        })?;
        let says = match said {
            "fin du mois" | "fin de mois" | "dernier jour du mois" => "dernier jour du mois de",
            "début du mois" | "début de mois" => "premier jour du mois de",
            "fin de l'année" | "fin d'année" => "31 décembre de l'année de",
            "début de l'année" | "début d'année" => "1er janvier de l'année de",
            _ => return None,
        };
        let date = if date == "examen" { "date d'examen" } else { date };
        let message = format!("« {said} » s'écrit « {says} »");
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        Some(problem.instead(self.file, path.span, &[format!("{says} {date}")]))
    }

    /// « trois mois après le dépôt ».
    fn later(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let (duration, date, sign) =
            [(" après ", "+"), (" avant ", "-")].into_iter().find_map(|(turn, sign)| {
                let (duration, date) = path.text.split_once(turn)?;
                Some((turns::quantity(duration)?, date, sign))
            })?;
        let bare =
            ["le ", "la ", "l'"].into_iter().find_map(|article| date.strip_prefix(article)).unwrap_or(date);
        let says = format!("{bare} {sign} {duration}");
        let message = format!("« {} » s'écrit « {says} »", path.text);
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        (readable(bare) || bare == "date d'examen").then(|| problem.instead(self.file, path.span, &[says]))
    }

    /// Whether a name has a contrary where it stands: a condition, or what the line says that it « est ».
    fn is_deniable(&self, name: &str, path: &Path, scope: Scope) -> bool {
        let Found::Symbol(symbol) = self.names.resolve(name, scope) else { return false };
        let after = self.file.text().get(path.span.end as usize..).unwrap_or("");
        self.what_type(symbol.what) == Some(Ty::Of(Type::Truth)) || after.starts_with(" est ")
    }

    /// « pas rural », « pas de certificat », « pas situation est en emploi ».
    fn denied(&self, path: &Path, denied: &str) -> Diagnostic {
        let end = path.span.end as usize;
        let own = path.text.strip_suffix(denied).unwrap_or("").trim_end();
        let message = format!("« {own} » s'écrit « non »");
        let after = self.file.text().get(end..).unwrap_or("");
        if after.starts_with(" est ") {
            let verb = Span::new(end + 1, end + " est".len());
            let place = path.span.to(verb);
            let says = format!("{denied} n'est pas");
            let message = format!("« {own} … est » s'écrit « n'est pas »");
            return Diagnostic::error("tournure", message).at(self.file, place, "").instead(
                self.file,
                place,
                &[says],
            );
        }
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        // « non pas rural » denies it once.
        let once = self.line_before(path.span).is_some_and(|line| line.ends_with("non "));
        let says = if once { denied.to_owned() } else { format!("non {denied}") };
        problem.instead(self.file, path.span, &[says])
    }

    /// « demi », where years or months stand before it.
    fn half(&self, path: &Path) -> Option<Diagnostic> {
        let line = self.line_before(path.span).filter(|_| &*path.text == "demi")?;
        let before = line.strip_suffix(" et ")?;
        let (rest, unit) = before.rsplit_once(' ')?;
        let number = rest.rsplit([' ', '(']).next()?;
        let figure =
            turns::quantity(&format!("{number} {unit}")).unwrap_or_else(|| format!("{number} {unit}"));
        let count = figure.split(' ').next()?.parse::<u32>().ok()?;
        let from = path.span.start as usize - line.len() + before.len() - unit.len() - 1 - number.len();
        let place = Span::new(from, path.span.end as usize);
        let message = "une durée compte des mois entiers".to_owned();
        let problem = Diagnostic::error("duree-non-entiere", message).at(self.file, place, "");
        match unit {
            "an" | "ans" => {
                let months = count.checked_mul(12)?.checked_add(6)?;
                Some(problem.instead(self.file, place, &[format!("{months} mois")]))
            }
            "mois" => Some(
                problem.help("compter en jours, ou dire par exemple « 1 mois et 15 jours », selon le texte"),
            ),
            _ => None,
        }
    }

    /// « premier janvier 2025 ».
    fn first_of_month(&self, path: &Path) -> Option<Diagnostic> {
        let rest = path.text.strip_prefix("premier ").filter(|rest| {
            MONTHS.iter().any(|month| rest.strip_prefix(month).is_some_and(|after| after.starts_with(' ')))
        })?;
        let message = "le premier jour du mois s'écrit « 1er »".to_owned();
        let problem = Diagnostic::error("date-mal-ecrite", message).at(self.file, path.span, "");
        Some(problem.instead(self.file, path.span, &[format!("1er {rest}")]))
    }

    /// « moyenne de personnes.revenu »: over all the elements, since « dont » cannot follow a name.
    fn mean(&self, path: &Path) -> Option<Diagnostic> {
        const MEANS: [&str; 4] = ["moyenne de ", "moyenne d'", "moyenne des ", "moyenne du "];
        let field = MEANS.into_iter().find_map(|mean| path.text.strip_prefix(mean))?;
        self.names.get(field)?;
        let list = self.names.list_path(self.names.list_above(field)?).clone();
        let says = format!("(somme {}) ÷ nombre {}", words::of(field), words::of(&list));
        let message = format!("« {} » s'écrit « {says} »", path.text);
        let place = self.with_article(path.span);
        let problem = Diagnostic::error("tournure", message).at(self.file, place, "");
        Some(problem.instead(self.file, place, &[says]))
    }

    /// « la moitié de plafond », « dix pour cent du plafond ».
    fn share_in_words(
        &self,
        path: &Path,
        scope: Scope,
        readable: impl Fn(&str) -> bool,
    ) -> Option<Diagnostic> {
        let text = &*path.text;
        let (at, of) = [" de la ", " de l'", " des ", " du ", " de ", " d'"]
            .into_iter()
            .filter_map(|of| text.find(of).map(|at| (at, of)))
            .find(|(at, of)| text.get(at + of.len()..).is_some_and(&readable))?;
        let (share, name) = (text.get(..at)?, text.get(at + of.len()..)?);
        let amount = self.amount_due(name, scope);
        let name = amount.as_deref().unwrap_or(name);
        let says = match turns::fraction(share) {
            Some(by) => format!("{name} {by}"),
            None => format!("{} de {name}", turns::quantity(share).filter(|share| share.ends_with('%'))?),
        };
        let message = format!("« {text} » s'écrit « {says} »");
        let place = self.with_article(path.span);
        let problem = Diagnostic::error("signe-en-mots", message).at(self.file, place, "");
        Some(problem.instead(self.file, place, &[says]))
    }

    /// « certificat ET rural », « plafond lorsque rural », « plafond arondi au centime »: a name that holds a turn
    /// between two others, or a word of the language a letter apart.
    fn said_in_words(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let text = &*path.text;
        let start = path.span.start as usize;
        let words: Vec<&str> = text.split(' ').collect();
        if words.len() > MOST_WORDS || self.file.slice(path.span) != text {
            return None;
        }
        let places: Vec<usize> =
            [0].into_iter().chain(text.match_indices(' ').map(|(at, _)| at + 1)).collect();
        let runs = (1..=turns::SAID_WORDS.min(words.len())).rev();
        let (place, says) = runs
            .flat_map(|count| (1..=words.len() - count).map(move |from| (from, count)))
            .find_map(|(from, count)| {
            let run = words.get(from..from + count)?;
            let word = match run {
                [word] => syntax::small_word(word).or_else(|| syntax::nearly_adjusts(word)),
                _ => None,
            };
            let says = turns::said_as(run).next().or(word)?;
            let at = *places.get(from)?;
            let length = run.join(" ").len();
            let (left, right) = (text.get(..at)?.trim_end(), text.get(at + length..)?.trim_start());
            let joined = format!("a {says} {}", if readable(right) { "a" } else { right });
            let fits = readable(left) && syntax::reads_as_value(&joined);
            fits.then(|| (Span::new(start + at, start + at + length), says))
        })?;
        let message = format!("« {} » s'écrit « {says} »", self.file.slice(place));
        Some(Diagnostic::error("tournure", message).at(self.file, place, "").instead(
            self.file,
            place,
            &[says],
        ))
    }

    /// « dépôt en 2025 ».
    fn in_the_year(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let (name, year) = path.text.split_once(" en ")?;
        let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        let message = format!("« en {year} » se dit de l'année d'une date");
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        (is_year && readable(name))
            .then(|| problem.instead(self.file, path.span, &[format!("année de {name} = {year}")]))
    }

    /// « est de 2 à 5 ».
    fn figures_apart(&self, path: &Path) -> Option<Diagnostic> {
        let (low, high) = path.text.strip_prefix("de ")?.split_once(" à ")?;
        let figure = |end: &str| !end.is_empty() && end.bytes().all(|b| b.is_ascii_digit() || b == b' ');
        let message = format!("« {} » s'écrit « entre {low} et {high} »", path.text);
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        let is = self.line_before(path.span)?.ends_with("est ");
        (is && figure(low) && figure(high))
            .then(|| problem.instead(self.file, path.span, &[format!("entre {low} et {high}")]))
    }

    /// « revenu fiscal du demandeur », declared as `demandeur.revenu fiscal`.
    fn of_its_group(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let name = [" de la ", " de l'", " des ", " du ", " de ", " d'"].into_iter().find_map(|of| {
            path.text.match_indices(of).find_map(|(at, _)| {
                let name = format!("{}.{}", path.text.get(at + of.len()..)?, path.text.get(..at)?);
                readable(&name).then_some(name)
            })
        })?;
        let message = format!("nom inconnu : « {} »", path.text);
        let problem = Diagnostic::error("nom-inconnu", message).at(
            self.file,
            path.span,
            "un fait s'écrit après son groupe",
        );
        Some(problem.instead(self.file, path.span, &[name]))
    }

    /// « revenu doit être ≥ 2 ».
    fn must_be(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let verb =
            [" doit être", " doivent être", " devra être", " sont", " soit", " soient", " reste", " restent"]
                .into_iter()
                .find(|verb| path.text.ends_with(verb))?;
        let end = path.span.end as usize;
        let sign = self.file.text().get(end..)?.trim_start().chars().next()?;
        if !matches!(sign, '≥' | '≤' | '>' | '<' | '=' | '≠') || !readable(path.text.strip_suffix(verb)?)
        {
            return None;
        }
        let span = Span::new(end.checked_sub(verb.len())?, end);
        let words = Span::new(span.start as usize + 1, end);
        let message = format!("devant un signe, «{verb} » est en trop");
        let problem = Diagnostic::error("tournure", message).at(self.file, words, "").help("l'enlever");
        (self.file.slice(span) == verb)
            .then(|| problem.remedy("l'enlever", self.file, [(span, String::new())]))
    }

    /// « revenu supérieur à plafond », « heures au moins 5 », « est d'au plus 5 ».
    fn compared_in_words(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let text = &*path.text;
        let start = path.span.start as usize;
        let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        if ends.len() > MOST_WORDS || self.file.slice(path.span) != text {
            return None;
        }
        let value = |name: &str| {
            let bare = ["le ", "la ", "les ", "l'"].iter().find_map(|article| name.strip_prefix(article));
            readable(name)
                || bare.is_some_and(&readable)
                || matches!(name, "date d'examen" | "date de l'examen")
                || turns::quantity(name).is_some()
                || name.bytes().all(|b| b.is_ascii_digit() || b == b' ')
        };
        let before = self.file.text().get(..start)?;
        let verb = ["n'est pas ", "est "].into_iter().find(|verb| before.ends_with(verb)).unwrap_or("");
        // What is compared stands in the name, or before the verb.
        let lefts = if verb.is_empty() { ends.clone() } else { vec![0] };
        let (span, says) = lefts.iter().find_map(|left| {
            let from = if verb.is_empty() { left + 1 } else { 0 };
            if verb.is_empty() && !readable(text.get(..*left)?) {
                return None;
            }
            ends.iter().rev().find_map(|right| {
                let says = turns::between(&format!("{verb}{}", text.get(from..*right)?))?;
                let span = Span::new(start + from - verb.len(), start + right);
                value(text.get(right + 1..)?).then_some((span, says))
            })
        })?;
        Some(self.said_with(span, says))
    }

    /// « heures supérieures ou égales à 5 »: `ou` cuts it in two names, of which this is the first.
    fn first_half(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let (left, adjective) = path.text.rsplit_once(' ')?;
        let rest = self.file.text().get(path.span.end as usize..)?.strip_prefix(" ou ")?;
        let (equal, rest) = rest.split_once(' ')?;
        let says = rest.starts_with("à ").then(|| turns::between(&format!("{adjective} ou {equal} à")))??;
        let left = ["est", "sont"].iter().find_map(|verb| left.strip_suffix(verb)).unwrap_or(left).trim_end();
        let start = path.span.start as usize + self.file.slice(path.span).find(left)? + left.len() + 1;
        let end = path.span.end as usize + " ou ".len() + equal.len() + " à".len();
        readable(left).then(|| self.said_with(Span::new(start, end), says))
    }

    /// Whether a name is the second half of what was told of the first: « égales à 5 ».
    pub(super) fn is_second_half(&self, path: &Path) -> bool {
        let before = self.file.text().get(..path.span.start as usize).unwrap_or("");
        let words = before.strip_suffix(" ou ").and_then(|before| before.rsplit(' ').next());
        let equal = path.text.split_once(" à ").map(|(equal, _)| equal);
        words
            .zip(equal)
            .is_some_and(|(adjective, equal)| turns::between(&format!("{adjective} ou {equal} à")).is_some())
    }

    fn said_with(&self, span: Span, says: &str) -> Diagnostic {
        let message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
        let problem = Diagnostic::error("signe-en-mots", message).at(self.file, span, "");
        let problem = problem.instead(self.file, span, &[says]);
        match turns::or_the_day(self.file.slice(span), says) {
            Some(help) => problem.help(help),
            None => problem,
        }
    }
}
