//! What a rule would have taken, in words; and what its own lines most often lack.

use super::{Line, Rule, text};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What may stand at a place, as an author would write it: « a », « b » ou « c ».
pub(super) fn words(rules: &[Rule]) -> String {
    let mut words: Vec<&str> = Vec::new();
    // After an operand every sign is possible: what its construction still lacks says more.
    let after_operand = |rule: Rule| match rule {
        Rule::w_and => rules.contains(&Rule::w_or),
        Rule::lt => rules.contains(&Rule::ge),
        Rule::w_at_date | Rule::de | Rule::asked_if | Rule::w_if => rules.contains(&Rule::plus),
        _ => false,
    };
    for rule in rules {
        if after_operand(*rule) {
            continue;
        }
        if let Some(word) = word(*rule)
            && !words.contains(&word)
        {
            words.push(word);
        }
    }
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_string(),
        Some((last, before)) => format!("{} ou {last}", before.join(", ")),
    }
}

fn word(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::rank_number => "un numéro",
        Rule::colon => "« : »",
        Rule::comma => "« , »",
        Rule::close => "« ) »",
        Rule::quotation => "un texte entre « »",
        Rule::declared | Rule::option | Rule::declared_name | Rule::path | Rule::name => "un nom",
        Rule::place => "l'endroit du texte",
        Rule::operand | Rule::guarded_operand | Rule::bound_operand | Rule::expr | Rule::sum => "une valeur",
        Rule::date_words | Rule::date_numeric | Rule::date_iso | Rule::date_misspelt => "une date",
        Rule::duration => "une durée",
        Rule::w_where => "« dont »",
        Rule::w_satisfy => "« vérifient »",
        Rule::w_and => "« et »",
        Rule::w_if | Rule::asked_if => "« si »",
        Rule::w_over => "« sur »",
        Rule::w_following => "« suivant »",
        Rule::w_since | Rule::since => "« depuis le »",
        Rule::w_until | Rule::until => "« jusqu'au »",
        Rule::w_motive => "« motif »",
        Rule::w_draft => "« projet »",
        Rule::to => "« à »",
        Rule::de => "« de »",
        Rule::k_cites => "« selon »",
        Rule::each_month => "« mois »",
        Rule::each_quarter => "« trimestre »",
        Rule::each_year => "« année »",
        Rule::step_cent => "« au centime »",
        Rule::step_euro => "« à l'euro »",
        Rule::step_ten => "« à la dizaine d'euros »",
        Rule::step_hundred => "« à la centaine d'euros »",
        Rule::step_thousand => "« au millier d'euros »",
        Rule::step_unit => "« à l'unité »",
        Rule::step_decimals => "« à 2 décimales »",
        Rule::binding => "« texte opposable »",
        Rule::informative => "« document d'information »",
        Rule::unique => "« unique »",
        Rule::judged => "« à l'appréciation de »",
        Rule::lt => "« < »",
        Rule::in_force_line => "« depuis le » et une date",
        Rule::published_line => "une date",
        Rule::status_line => "« projet »",
        Rule::concordance_line => "« : motif » et un texte",
        Rule::citation_line | Rule::option_line => "un nom",
        Rule::lasting_line => "une durée",
        Rule::each_line => "« mois », « trimestre » ou « année »",
        Rule::scale_line => "une tranche ou une option",
        Rule::table_line => "une tranche ou des options pour chaque chose",
        _ => return None,
    })
}

impl Line<'_> {
    /// The one name that `selon` says in this file and no source has.
    fn only_cited(&self) -> Option<&str> {
        if self.rule != Rule::source_line {
            return None;
        }
        let text = self.file.text();
        let after =
            |word: &'static str| text.lines().filter_map(move |line| line.trim_start().strip_prefix(word));
        fn name(rest: &str) -> &str {
            rest.split([',', '«']).next().unwrap_or("").trim()
        }
        let known: Vec<&str> = after("source ").map(name).collect();
        let mut cited = after("selon ").map(name).filter(|name| !name.is_empty() && !known.contains(name));
        let first = cited.next()?;
        cited.all(|other| other == first).then_some(first)
    }

    /// `selon art. 2 « … »`: the place in a text that is not named.
    fn starts_by_a_place(&self) -> bool {
        let said = self.file.slice(self.span);
        ["art.", "article ", "articles ", "annexe ", "§"].iter().any(|place| said.starts_with(place))
    }

    /// « depuis le 1er avril », « depuis avril 2025 », « depuis le 01-04-2025 »: what there is of a date.
    fn part_of_a_date(&self) -> Option<Diagnostic> {
        let next = self.next()?;
        let rest = self.file.slice(Span::new(next.span.start as usize, self.span.end as usize));
        let heads = ["depuis le ", "depuis ", "jusqu'au ", "jusqu’au "];
        let said = heads.into_iter().find_map(|head| rest.strip_prefix(head))?;
        let start = self.span.end as usize - said.len();
        if let Some((length, date)) = super::figures::dashed_date(said) {
            let span = Span::new(start, start + length);
            let message = format!("une date s'écrit comme en français, pas « {} »", self.file.slice(span));
            return Some(self.error("date-mal-ecrite", message, span, "", "").instead(
                self.file,
                span,
                &[date],
            ));
        }
        let words: Vec<&str> = said.split(' ').collect();
        let is_month = |word: &&&str| crate::wording::MONTHS.contains(&word.to_lowercase().as_str());
        let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        let whole = |length: usize| Span::new(start, start + length);
        match words.as_slice() {
            [day, month, ..] if is_month(&month) => {
                let span = whole(day.len() + 1 + month.len());
                let message = "il manque l'année de cette date".to_owned();
                let help = format!("ajouter l'année : « {day} {month} 2025 », si c'est celle du texte");
                Some(self.error("date-incomplete", message, span, "", &help))
            }
            [month, year, ..] if is_month(&month) && is_year(year) => {
                let span = whole(month.len() + 1 + year.len());
                let message = "il manque le jour de cette date".to_owned();
                let says = format!("1er {} {year}", month.to_lowercase());
                Some(self.error("date-incomplete", message, span, "", "").instead(self.file, span, &[says]))
            }
            [year, ..] if is_year(year) => {
                let message = "il manque le jour et le mois de cette date".to_owned();
                let says = format!("1er janvier {year}");
                let span = whole(year.len());
                Some(self.error("date-incomplete", message, span, "", "").instead(self.file, span, &[says]))
            }
            _ => None,
        }
    }

    /// What a line of this rule most often lacks.
    pub(super) fn of_its_rule(&self) -> Option<Diagnostic> {
        let next = self.next();
        let colon = next.is_some_and(|next| next.text == ":");
        match self.rule {
            Rule::condition_line | Rule::several_line if colon => Some(self.error(
                "suite-inattendue",
                "« : » est en trop".to_string(),
                self.place(),
                "",
                "les puces se mettent dessous, sans « : »",
            )),
            Rule::citation_line if colon => Some(self.error(
                "suite-inattendue",
                "« : » est en trop".to_string(),
                self.place(),
                "",
                "par exemple « selon SOURCE « passage » »",
            )),
            Rule::value_line if self.previous().is_some_and(|p| p.text == "sinon") => Some(self.error(
                "suite-inattendue",
                "chaque valeur se met sur sa ligne".to_string(),
                self.place(),
                "",
                "« vaut … si … », puis dessous « vaut … dans les autres cas »",
            )),
            Rule::period_line | Rule::in_force_line
                if next.is_some_and(|n| n.text.starts_with("depuis") || n.text.starts_with("jusqu")) =>
            {
                Some(self.part_of_a_date().unwrap_or_else(|| {
                    self.error(
                        "date-attendue",
                        "attendu une date entière".to_string(),
                        self.place(),
                        "",
                        "par exemple « depuis le 1er janvier 2025 »",
                    )
                }))
            }
            Rule::fact_line if self.wants(Rule::kind) => Some(self.unknown_type()),
            Rule::fact_line if next.is_some_and(|n| n.rule == Rule::quotation) => {
                Some(self.question_on_the_line())
            }
            Rule::named_line | Rule::columns_line | Rule::glossed_line | Rule::policy_line | Rule::source_line
                if self.wants(Rule::declared) || self.at_start() =>
            {
                let message = match next {
                    None => "il manque le nom".to_string(),
                    Some(next) if next.rule == Rule::quotation && self.rule == Rule::policy_line => {
                        "il manque l'identifiant, un mot devant le titre".to_string()
                    }
                    Some(next) => format!("un nom commence par une lettre ; lu « {} »", next.shown()),
                };
                let quoted_title = next.is_some_and(|next| next.rule == Rule::quotation);
                let quoted = next.filter(|_| quoted_title && self.rule != Rule::policy_line);
                let bare = quoted.map(|next| next.text.trim_matches(['«', '»', ' ', '\u{a0}', '\u{202f}']));
                if let Some(name) = self.only_cited().filter(|_| quoted_title) {
                    let message = "il manque le nom court de la source".to_owned();
                    let title = next.map_or("", |next| next.text);
                    let label = format!("écrire « source {name} {title} »");
                    let start = self.place().start as usize;
                    let edit = (Span::new(start, start), format!("{name} "));
                    let problem = self.error("nom-manquant", message, self.place(), "", &label);
                    return Some(problem.remedy(label, self.file, [edit]));
                }
                let problem = self.error("nom-manquant", message, self.place(), "", "");
                Some(match bare.filter(|bare| self.reads(&[(self.place(), (*bare).to_owned())])) {
                    Some(bare) => problem.instead(self.file, self.place(), &[bare]),
                    None if self.rule == Rule::policy_line => {
                        problem.help(if quoted_title {
                            "écrire un mot entre « dispositif » et le titre, par exemple « aide » : les dossiers le nommeront ainsi"
                        } else {
                            "par exemple « dispositif aide « Titre de l'aide » »"
                        })
                    }
                    None => problem,
                })
            }
            Rule::source_line if self.bare_file().is_some() => self.bare_file(),
            Rule::policy_line | Rule::source_line if self.wants(Rule::quotation) => Some(self.error(
                "titre-manquant",
                "il manque le titre, entre guillemets".to_string(),
                self.place(),
                "",
                match self.rule {
                    Rule::policy_line => "par exemple « dispositif aide « Titre de l'aide » »",
                    _ => "par exemple « source CSP « Code de la santé publique », texte opposable »",
                },
            )),
            Rule::amendment_line => Some(self.error(
                "avenant-mal-nomme",
                match next {
                    Some(next) => format!(
                        "attendu le numéro de l'avenant, « à » et le dispositif, puis le titre ; lu « {} »",
                        next.shown()
                    ),
                    None => {
                        "il manque le numéro de l'avenant, « à » et le dispositif, ou le titre".to_string()
                    }
                },
                self.place(),
                "",
                "par exemple « avenant 1 à aide « Titre de l'avenant » »",
            )),
            Rule::rewording_line => Some(self.error(
                "mots-mal-remplaces",
                "attendu le nom, une virgule, puis « remplace », les mots entre guillemets, « par », les nouveaux".to_string(),
                self.place(),
                "",
                "par exemple « dans critère seuil, remplace « 10 % » par « 15 % » »",
            )),
            Rule::instead_line => Some(self.error(
                "place-mal-dite",
                "attendu « l'avenant » et son numéro".to_string(),
                self.place(),
                "",
                "par exemple « à la place de l'avenant 3 »",
            )),
            Rule::retention_line => Some(self.error(
                "lecture-mal-retenue",
                "attendu le nom de la lecture, « : », puis l'option retenue".to_string(),
                self.place(),
                "",
                "par exemple « retient lecture base du seuil : libéraux »",
            )),
            Rule::source_line => Some(self.no_scope()),
            Rule::named_line | Rule::columns_line | Rule::glossed_line if colon => Some(self.error(
                "suite-inattendue",
                "« : » est en trop".to_string(),
                self.place(),
                "",
                "seul un fait du « dossier » est suivi de « : » ; ce qui suit va sur la ligne d'en dessous",
            )),
            Rule::citation_line | Rule::option_line if self.wants(Rule::place) => Some(self.error(
                "suite-inattendue",
                "après la virgule vient l'endroit du texte".to_string(),
                self.place(),
                "",
                "par exemple « , art. 3, II », ou enlever la virgule",
            )),
            Rule::citation_line if self.starts_by_a_place() => Some(self.error(
                "source-absente",
                "il manque le nom de la source avant l'endroit du texte".to_string(),
                self.span,
                "",
                "par exemple « selon SOURCE, art. 3 « passage » », avec le nom d'une « source » déclarée en tête",
            )),
            Rule::citation_line | Rule::option_line if self.wants(Rule::comma) && next.is_some() => {
                Some(self.error(
                    "virgule-manquante",
                    "il manque une virgule après le nom de la source".to_string(),
                    self.place(),
                    "",
                    "par exemple « selon SOURCE, art. 3 « passage » »",
                ))
            }
            Rule::quote_line => {
                let message = match next {
                    None => "il manque un texte entre guillemets".to_string(),
                    Some(next) if self.at_start() => {
                        format!("attendu un texte entre guillemets ; lu « {} »", next.shown())
                    }
                    Some(next) => format!("après le texte cité, « {} » est en trop", next.shown()),
                };
                Some(self.error("texte-manquant", message, self.place(), "", ""))
            }
            Rule::fact_line if self.wants(Rule::colon) => Some(self.no_colon()),
            Rule::bare_line => Some(self.error(
                "suite-inattendue",
                format!("rien ne suit ce mot ; lu « {} »", next.map_or_else(String::new, |n| n.shown())),
                self.place(),
                "",
                "",
            )),
            Rule::scale_line if self.wants(Rule::to) && colon => Some(self.error(
                "suite-inattendue",
                "il manque la fin de la tranche".to_string(),
                self.place(),
                "",
                "par exemple « de 10 à 20 : … » ou « à partir de 10 : … »",
            )),
            _ => None,
        }
    }

    /// `dans sources/loi.txt`: a file without its guillemets, or with one of them.
    fn bare_file(&self) -> Option<Diagnostic> {
        let line = self.file.slice(self.span);
        let at = line.find(" dans ")? + " dans ".len();
        let rest = line.get(at..)?;
        if rest.starts_with('«') && rest.contains('»') {
            return None;
        }
        let end = [" »", "»", ","].iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
        let name = rest.get(..end)?.trim_matches(['«', ' ']);
        let is_file = name.contains('.') && !name.contains(' ');
        if !is_file {
            return None;
        }
        let closing = rest.get(end..)?;
        let length = end
            + if closing.starts_with(" »") {
                " »".len()
            } else if closing.starts_with('»') {
                '»'.len_utf8()
            } else {
                0
            };
        let start = self.span.start as usize + at;
        let place = Span::new(start, start + length);
        let says = format!("« {name} »");
        let problem =
            Diagnostic::error("guillemets-manquants", "le nom d'un fichier se met entre guillemets")
                .at(self.file, place, "");
        Some(problem.instead(self.file, place, &[says]))
    }

    /// A source that does not say what it binds, or says it otherwise.
    fn no_scope(&self) -> Diagnostic {
        const SCOPES: [&str; 2] = ["texte opposable", "document d'information"];
        const BINDING: [&str; 7] =
            ["opposable", "reglementaire", "legal", "obligatoire", "contraignant", "normati", "juridique"];
        const INFORMATIVE: [&str; 5] = ["informati", "indicati", "guide", "circulaire", "doctrine"];
        let line = self.file.slice(self.span);
        let quote = self.pieces.iter().rfind(|piece| piece.rule == Rule::quotation);
        let end = quote.map_or(self.span.end, |quote| quote.span.end) as usize;
        let said = line.get(end - self.span.start as usize..).unwrap_or("");
        let plain = text::plain_letters(said.trim_matches([',', ' ', '.']));
        let scopes: &[&str] = match plain.as_str() {
            _ if BINDING.iter().any(|word| plain.contains(word)) => &["texte opposable"],
            _ if INFORMATIVE.iter().any(|word| plain.contains(word)) || plain.starts_with("document") => {
                &["document d'information"]
            }
            "" => &SCOPES,
            _ => &[],
        };
        let place = self.place();
        if self.file.slice(place).starts_with('«') && end > place.start as usize {
            let message = "il manque « dans » entre le titre et le fichier de cette source".to_string();
            let before = self
                .file
                .text()
                .get(..place.start as usize)
                .unwrap_or("")
                .trim_end_matches([' ', '\n', ',', ':', ';', '-', '(']);
            let gap = Span::new(before.len(), place.start as usize);
            let sign = self.file.slice(gap).trim();
            let instead =
                if sign.is_empty() { String::new() } else { format!(" à la place de « {sign} »") };
            let help = format!("écrire « dans {} »{instead}", self.file.slice(place));
            let problem = Diagnostic::error("tournure", message).at(self.file, place, "").help(&help);
            return problem.remedy(help, self.file, [(gap, " dans ".to_owned())]);
        }
        // « , texte opposable, dans « loi.txt » »
        let title = self.pieces.iter().find(|piece| piece.rule == Rule::quotation);
        if let (Some(title), Some(file)) = (title, quote)
            && title.span != file.span
            && let Some(between) = line.get(title.span.end as usize - self.span.start as usize..)
            && let Some((scope, _)) = between.split_once(", dans «")
            && let Some(scope) = SCOPES.into_iter().find(|own| scope.trim_matches([',', ' ']) == *own)
        {
            let place = Span::new(title.span.end as usize, self.span.end as usize);
            let says = format!(" dans {}, {scope}", self.file.slice(file.span));
            let message = "le fichier d'une source se dit avant sa portée";
            return Diagnostic::error("portee-deplacee", message)
                .at(self.file, place, "")
                .help(format!("écrire «{says} »"))
                .remedy(format!("écrire «{says} »"), self.file, [(place, says)]);
        }
        // « texte officiel » is put in the place of what the language has, not before it.
        if !plain.is_empty() && scopes.is_empty() {
            let gap = said.len() - said.trim_start_matches([',', ' ']).len();
            let place = Span::new(end + gap, self.span.end as usize);
            let comma = if said.contains(',') { "" } else { ", " };
            let texts: Vec<String> = SCOPES.iter().map(|scope| format!("{comma}{scope}")).collect();
            let message =
                format!("la portée d'une source ne se dit pas « {} »", self.file.slice(place).trim());
            if texts.iter().all(|text| self.reads(&[(place, text.clone())])) {
                return Diagnostic::error("portee-manquante", message)
                    .at(self.file, place, "")
                    .instead(self.file, place, &texts);
            }
        }
        let message = "il manque la portée de cette source".to_string();
        let help = "terminer la ligne par « , texte opposable » ou « , document d'information »";
        let help = if plain.is_empty() { help } else { "" };
        let problem = self.error("portee-manquante", message, self.place(), "", help);
        // The words that are put in the place of these, and no second comma.
        let gap = said.len() - said.trim_start_matches([',', ' ']).len();
        let comma = said.contains(',') && !plain.is_empty();
        let (start, sign) = if comma { (end + gap, "") } else { (end, ", ") };
        let whole = Span::new(start, self.span.end as usize);
        let texts: Vec<String> = scopes.iter().map(|scope| format!("{sign}{scope}")).collect();
        let texts: Vec<String> =
            texts.into_iter().filter(|text| self.reads(&[(whole, text.clone())])).collect();
        problem.instead(self.file, whole, &texts)
    }
}
