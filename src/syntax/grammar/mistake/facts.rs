//! Lines of the dossier: a type that is said otherwise, a question that stands elsewhere.

use pest::Parser as _;

use super::{Grammar, Line, Rule, text};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The types that a fact may have, as they are written.
const TYPES: [&str; 12] = [
    "oui ou non",
    "entier",
    "nombre",
    "pourcentage",
    "montant",
    "date",
    "durée en mois",
    "durée en jours",
    "texte",
    "parmi a, b",
    "parmi a < b",
    "liste",
];

/// How a type is said elsewhere, and what it may be here.
const SAID: &[(&[&str], &[&str])] = &[
    (
        &[
            "booléen",
            "bool",
            "boolean",
            "vrai ou faux",
            "vrai/faux",
            "oui/non",
            "oui, non",
            "oui-non",
            "non ou oui",
            "o/n",
            "oui et/ou non",
            "case à cocher",
            "logique",
            "réponse oui ou non",
            "réponse par oui ou non",
            "oui ou non ?",
        ],
        &["oui ou non"],
    ),
    (&["nombre entier", "entier naturel", "int", "integer"], &["entier"]),
    (&["entier positif", "nombre entier positif", "entier positif ou nul"], &["entier ≥ 0"]),
    (&["nombre décimal", "décimal", "réel", "nombre réel", "float"], &["nombre"]),
    (&["nombre positif"], &["nombre ≥ 0"]),
    (&["euros", "euro", "€", "montant en euros", "montant en €", "somme", "somme d'argent"], &["montant"]),
    (&["montant positif", "montant positif ou nul"], &["montant ≥ 0 €"]),
    (&["montant mensuel", "montant par mois civil", "montant chaque mois"], &["montant par mois"]),
    (&["montant annuel", "montant par année", "montant chaque année"], &["montant par an"]),
    (&["nombre d'heures", "nombre d’heures", "heures"], &["nombre en heures"]),
    (&["%", "pourcent", "pour cent", "taux", "proportion"], &["pourcentage"]),
    (&["durée"], &["durée en mois", "durée en jours"]),
    (&["durée en années", "durée en ans", "années", "ans", "mois", "nombre de mois"], &["durée en mois"]),
    (&["jours", "nombre de jours", "durée en semaines", "semaines"], &["durée en jours"]),
    (&["chaîne", "chaîne de caractères", "string", "texte libre", "mot", "libellé", "nom"], &["texte"]),
    (&["jour", "date du jour", "une date", "datetime", "date et heure"], &["date"]),
    (
        &[
            "tableau",
            "listes",
            "liste d'éléments",
            "plusieurs",
            "ensemble",
            "groupe",
            "répétable",
            "collection",
        ],
        &["liste"],
    ),
];

impl Line<'_> {
    /// A type that the language does not have.
    pub(super) fn unknown_type(&self) -> Diagnostic {
        let start = self.next().map_or(self.span.end, |n| n.span.start) as usize;
        let written = self.type_at(start);
        if written.is_empty() {
            return self.error(
                "type-manquant",
                "il manque le type du fait".to_string(),
                Span::new(start, start),
                "",
                "par exemple « oui ou non », « entier ≥ 0 », « date », « texte », « parmi a, b »",
            );
        }
        let span = Span::new(start, start + written.len());
        let message = format!("type inconnu : « {written} »");
        if let Some(problem) = self.said_otherwise() {
            return problem;
        }
        let first = written.split(' ').next().unwrap_or("");
        let near = text::nearest(written, TYPES.iter().copied().filter(|t| !t.starts_with("parmi")));
        if let Some(near) = near {
            let help = format!("vouliez-vous dire « {near} » ?");
            return self.error("type-inconnu", message, span, "", &help).instead(self.file, span, &[near]);
        }
        let help = match text::nearest(first, ["parmi"]) {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None => {
                let all = TYPES.map(|t| format!("« {t} »"));
                format!("un type est {}", all.join(", "))
            }
        };
        self.error("type-inconnu", message, span, "", &help)
    }

    /// A type with other words: `booléen`, `nombre entier`, `entier de 0 à 10`, `a ou b`.
    pub(super) fn said_otherwise(&self) -> Option<Diagnostic> {
        if !matches!(self.rule, Rule::fact_line | Rule::definition_line) {
            return None;
        }
        let line = self.file.slice(self.span);
        let colon = line.find(':')? + 1;
        let blanks = line.get(colon..)?.len() - line.get(colon..)?.trim_start().len();
        let start = self.span.start as usize + colon + blanks;
        let written = self.type_at(start);
        let span = Span::new(start, start + written.len());
        let lower = written.to_lowercase();
        let message = format!("type inconnu : « {written} »");
        let reads = |says: &str| self.reads(&[(span, says.to_owned())]);
        if let Some((_, types)) = SAID.iter().find(|(said, _)| said.contains(&&*lower)) {
            let problem = self.error("type-inconnu", message, span, "", "");
            return types.iter().all(|says| reads(says)).then(|| problem.instead(self.file, span, types));
        }
        if text::nearest(written, TYPES.iter().copied().filter(|t| !t.starts_with("parmi"))).is_some() {
            return None;
        }
        let listed = written.len() < self.span.end as usize - start && written.starts_with("liste ");
        if let Some(says) = worded(&lower).filter(|says| !listed && reads(says)) {
            let problem = self.error("type-inconnu", message, span, "", "");
            return Some(problem.instead(self.file, span, &[says]));
        }
        let rest = self.file.slice(Span::new(start, self.span.end as usize));
        let whole = Span::new(start, self.span.end as usize);
        let says = judged(rest).or_else(|| range(rest)).or_else(|| options(rest))?;
        let problem = self.error("type-inconnu", format!("type inconnu : « {rest} »"), whole, "", "");
        self.reads(&[(whole, says.clone())]).then(|| problem.instead(self.file, whole, &[says]))
    }

    /// What stands for a type at a place.
    fn type_at(&self, start: usize) -> &str {
        let rest = self.file.slice(Span::new(start, self.span.end as usize));
        rest.split([',', '≥', '≤', '<', '>', '=', '«']).next().unwrap_or("").trim()
    }

    /// A question on the line of its fact.
    pub(super) fn question_on_the_line(&self) -> Diagnostic {
        let place = self.place();
        let text = self.file.text();
        let start = self.span.start as usize;
        let line = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let indent = text.get(line..start).unwrap_or("");
        let before = text.get(start..place.start as usize).unwrap_or("");
        let cut = Span::new(start + before.trim_end().len(), place.start as usize);
        let help = "aller à la ligne avant le guillemet";
        let message = "la question se met sur la ligne d'en dessous".to_string();
        self.error("question-deplacee", message, place, "", help).remedy(
            help,
            self.file,
            [(cut, format!("\n{indent}  "))],
        )
    }

    /// A fact without its colon, or a question without its guillemets.
    pub(super) fn no_colon(&self) -> Diagnostic {
        let written = self.file.slice(self.span);
        if written.ends_with('?') {
            let message = "une question se met entre guillemets".to_string();
            let says = format!("« {written} »");
            let help = format!("écrire {says}");
            let problem = self.error("texte-manquant", message, self.span, "", &help);
            return problem.remedy(help, self.file, [(self.span, says)]);
        }
        if let Some(problem) = self.bar_in_name().or_else(|| self.label_without_guillemets()) {
            return problem;
        }
        let message = "il manque « : » entre le nom du fait et son type".to_string();
        let problem = self.error("deux-points-manquants", message, self.span, "", "");
        let start = self.span.start as usize;
        let equal = written.find('=').map(|at| Span::new(start + at, start + at + 1));
        let types =
            TYPES.iter().map(|own| own.strip_suffix(" a, b").or(own.strip_suffix(" a < b")).unwrap_or(own));
        let mut found: Vec<usize> = types
            .flat_map(|own| written.match_indices(&format!(" {own}")).map(|(at, _)| at).collect::<Vec<_>>())
            .collect();
        found.sort_unstable();
        let places = equal
            .into_iter()
            .map(|at| (at, ":".to_owned()))
            .chain(found.into_iter().map(|at| (Span::new(start + at, start + at), " :".to_owned())));
        for (span, new) in places {
            let mut mended = written.to_owned();
            mended.replace_range(span.start as usize - start..span.end as usize - start, &new);
            if Grammar::parse(Rule::fact_line, &mended).is_ok() {
                let help = format!("écrire « {mended} »");
                return problem.help(&help).remedy(help, self.file, [(span, new)]);
            }
        }
        problem.help("par exemple « territoire.continu : oui ou non »")
    }
}

impl Line<'_> {
    /// `vitesse en km/h : nombre`: a bar within a name.
    pub(super) fn bar_in_name(&self) -> Option<Diagnostic> {
        const PER: [(&str, &str); 8] = [
            ("h", "heure"),
            ("j", "jour"),
            ("an", "an"),
            ("mois", "mois"),
            ("jour", "jour"),
            ("heure", "heure"),
            ("m²", "m²"),
            ("kg", "kg"),
        ];
        let written = self.file.slice(self.span);
        let bar = written.split(':').next()?.find('/')?;
        let (before, after) = (written.get(..bar)?, written.get(bar + 1..)?);
        let unit = after.split([' ', ':']).next()?;
        let (says, length) = match PER.iter().find(|(short, _)| *short == unit) {
            Some((_, full)) => (format!(" par {full}"), 1 + unit.len()),
            None => ("-".to_owned(), 1),
        };
        let mut mended = written.to_owned();
        mended.replace_range(bar..bar + length, &says);
        let name = mended.split(" :").next().map(str::trim)?;
        if before.ends_with(' ')
            || after.starts_with(' ')
            || Grammar::parse(Rule::fact_line, &mended).is_err()
        {
            return None;
        }
        let start = self.span.start as usize + bar;
        let help = format!("écrire « {name} »");
        let problem = self.error(
            "nom-mal-forme",
            "un nom ne contient pas de « / »".to_owned(),
            Span::new(start, start + 1),
            "",
            &help,
        );
        Some(problem.remedy(help, self.file, [(Span::new(start, start + length), says)]))
    }

    /// `né le (date de naissance) : date`: how a name is shown, between other signs.
    pub(super) fn label_without_guillemets(&self) -> Option<Diagnostic> {
        let written = self.file.slice(self.span);
        let start = self.span.start as usize;
        let (open, rest) = [" (", " [", ", ", " - ", " – ", " — "]
            .into_iter()
            .find_map(|open| written.find(open).map(|at| (at, open)).filter(|(at, _)| *at > 0))
            .map(|(at, open)| (at, (open, at + open.len())))?;
        let (open, (sign, from)) = (open, rest);
        let close = match sign.trim() {
            "(" => from + written.get(from..)?.find(')')?,
            "[" => from + written.get(from..)?.find(']')?,
            _ => from + written.get(from..)?.find(" : ")?,
        };
        let after = close + usize::from(matches!(sign.trim(), "(" | "["));
        let label = written.get(from..close)?.trim();
        let place = Span::new(start + written.get(..open)?.trim_end().len(), start + after);
        let inner = Span::new(
            place.start as usize + written.get(open..)?.len() - written.get(open..)?.trim_start().len(),
            place.end as usize,
        );
        let says = format!("« {label} »");
        let mut mended = written.to_owned();
        mended.replace_range(place.start as usize - start..after, &format!(" {says}"));
        let reads = !label.is_empty()
            && !label.contains(['«', ':'])
            && Grammar::parse(Rule::fact_line, &mended).is_ok();
        let message = "le libellé d'un fait se met entre guillemets".to_owned();
        let help = format!("écrire {says}");
        let problem = self.error("guillemets-manquants", message, inner, "", &help);
        reads.then(|| problem.remedy(help, self.file, [(place, format!(" {says}"))]))
    }
}

/// `km`, `nombre de km`, `montant mensuel brut`, `liste d'élèves`: a type with what the question says, or its unit alone.
fn worded(written: &str) -> Option<String> {
    const UNITS: [&str; 10] = ["heures", "ha", "m²", "m³", "m", "km", "kg", "t", "kwh", "litres"];
    let bare = ["nombre de ", "nombre d'", "en "].into_iter().find_map(|of| written.strip_prefix(of));
    let unit = bare.unwrap_or(written);
    if UNITS.contains(&unit) {
        return Some(format!("nombre en {}", if unit == "kwh" { "kWh" } else { unit }));
    }
    if ["liste de ", "liste d'", "liste des "].iter().any(|of| written.starts_with(of)) {
        return Some("liste".to_owned());
    }
    if written.starts_with("du ") && written.contains(" au ") {
        return Some("période".to_owned());
    }
    let mut words = written.split(' ');
    let (first, by) = (words.next()?, words.next().unwrap_or(""));
    let per = match by {
        "mensuel" => " par mois",
        "annuel" => " par an",
        "trimestriel" => " par trimestre",
        "journalier" | "quotidien" => " par jour",
        "brut" | "net" | "total" | "maximal" | "ttc" | "ht" | "toutes" | "hors" => "",
        _ => return None,
    };
    (first == "montant").then(|| format!("montant{per}"))
}

/// `à l'appréciation de la direction`: an answer by yes or no, which is not said.
fn judged(written: &str) -> Option<String> {
    written.starts_with("à l'appréciation ").then(|| format!("oui ou non, {written}"))
}

/// `entier de 0 à 10`, `entier compris entre 0 et 10`.
fn range(written: &str) -> Option<String> {
    if let Some((kind, ends)) = ["compris entre ", "comprise entre ", "comprises entre ", "compris de "]
        .into_iter()
        .find_map(|turn| written.split_once(turn))
    {
        return Some(format!("{kind}entre {ends}"));
    }
    let (kind, ends) = written.split_once(" de ")?;
    let (low, high) = ends.split_once(" à ")?;
    Some(format!("{kind} entre {low} et {high}"))
}

/// `a ou b`, `choix parmi a, b`, `a, b`.
fn options(written: &str) -> Option<String> {
    const HEADS: [&str; 16] = [
        "énumération :",
        "énumération",
        "liste de choix :",
        "liste de choix",
        "liste de",
        "liste :",
        "liste",
        "l'un de",
        "l'une de",
        "un de",
        "au choix :",
        "au choix",
        "choix :",
        "choix",
        "catégorie :",
        "entre",
    ];
    if let Some(at) = written.find("parmi ").filter(|at| *at > 0) {
        return Some(written.get(at..)?.replace(" ou ", ", "));
    }
    let of = |head: &&str| written.strip_prefix(*head)?.strip_prefix(' ').map(str::trim);
    if let Some(options) = HEADS.iter().find_map(of).filter(|own| own.contains([',', '<', '/'])) {
        return Some(format!("parmi {}", options.replace(" ou ", ", ").replace(" / ", ", ")));
    }
    let several = written.contains(',') || written.contains(" ou ") || written.contains('/');
    let in_order = |part: &str| part.trim().starts_with(char::is_alphabetic);
    if written.contains('<') && written.split('<').all(in_order) && !written.starts_with("parmi") {
        return Some(format!("parmi {written}"));
    }
    let plain = !written.contains(['«', '≥', '≤', '<', '>', '=', '(']) && !written.starts_with("parmi");
    (several && plain)
        .then(|| format!("parmi {}", written.replace(" ou ", ", ").replace(" / ", ", ").replace('/', ", ")))
}
