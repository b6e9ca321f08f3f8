//! Signs that open and close: quotation marks, parentheses, commas, colons.

use super::*;

impl<'a> Line<'a> {
    /// Signs that the language does not have, whatever the rule.
    pub(super) fn punctuation(&self) -> Option<Diagnostic> {
        let next = self.next()?;
        let first = next.text.chars().next()?;
        let at = |message: &str, help: &str, code| {
            Some(self.error(code, message.to_string(), next.span, "", help))
        };
        match first {
            // What is said of a question without guillemets says more.
            '?' if self.rule == Rule::fact_line => None,
            '"' | '“' | '”' | '„' | '‹' | '›' => Some(self.other_quotes(next, &first.to_string())),
            '\'' | '’' | '‘' | '<' if self.opens_quotes(next) => {
                let open = if first == '<' { "<<".to_owned() } else { first.to_string() };
                Some(self.other_quotes(next, &open))
            }
            '»' => at(
                "ce guillemet » ne ferme rien",
                "l'enlever, ou ouvrir « avant le texte cité",
                "guillemet-en-trop",
            ),
            '.' => {
                let (before, after) = self.around(next.span)?;
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let decimals = digit(before.chars().next_back()) && digit(after.chars().next());
                decimals.then(|| {
                    let whole = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
                    let rest = after.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
                    let message = "un point ne sépare ni les décimales ni les milliers".to_string();
                    let (start, end) = (next.span.start as usize, next.span.end as usize);
                    let figure = Span::new(start - whole.len(), end + rest.len());
                    let (thousands, decimals) = (format!("{whole} {rest}"), format!("{whole},{rest}"));
                    let amount =
                        after.get(rest.len()..).is_some_and(|unit| unit.trim_start().starts_with('€'));
                    if rest == "000" || rest.len() == 3 && amount {
                        return self.error("point-decimal", message, figure, "", "").instead(
                            self.file,
                            figure,
                            &[thousands],
                        );
                    }
                    if rest.len() != 3 {
                        return self.error("point-decimal", message, figure, "", "").instead(
                            self.file,
                            figure,
                            &[decimals],
                        );
                    }
                    let help = format!(
                        "écrire « {thousands} » pour des milliers, « {decimals} » pour des décimales"
                    );
                    self.error("point-decimal", message, figure, "", &help).instead(
                        self.file,
                        figure,
                        &[thousands, decimals],
                    )
                })
            }
            '=' | '>' | '<' => {
                let previous = self.previous()?;
                let both = format!("{}{}", previous.text, next.text);
                let sign = match both.as_str() {
                    "=>" | ">=" => "≥",
                    "=<" | "<=" => "≤",
                    "<>" | "><" => "≠",
                    "==" => "=",
                    _ => return None,
                };
                let span = previous.span.to(next.span);
                let shown = self.file.slice(span);
                let problem =
                    self.error("signe-inconnu", format!("« {shown} » n'est pas un signe"), span, "", "");
                Some(problem.instead(self.file, span, &[sign]))
            }
            '&' | '|' | '!' | ';' | '{' | '}' | '[' | ']' | '\\' | '^' | '~' | '`' | '@' | '$' | '_'
            | '?' | '–' | '—' => {
                let label =
                    (first == '[' && self.rule == Rule::fact_line).then(|| self.label_without_guillemets());
                if let Some(problem) = label.flatten() {
                    return Some(problem);
                }
                let (before, after) = self.around(next.span)?;
                let gap = if before.ends_with([' ', '\u{a0}', '(']) || before.is_empty() { "" } else { " " };
                let word = match first {
                    '&' => Some("et"),
                    '|' => Some("ou"),
                    '!' if !after.trim().is_empty() => Some("non "),
                    '–' | '—' => Some("-"),
                    '_' => Some(" "),
                    '`' if before.ends_with(char::is_alphabetic) => Some("'"),
                    _ => None,
                };
                if let Some(word) = word {
                    let message = format!("« {first} » n'est pas un signe du langage");
                    // « && », « || »
                    let double = usize::from(after.starts_with(first)) * first.len_utf8();
                    let start = next.span.start as usize;
                    let span = Span::new(start, start + first.len_utf8() + double);
                    let help = match word.trim() {
                        "" => "les mots d'un nom se séparent par une espace".to_owned(),
                        word => format!("écrire « {word} »"),
                    };
                    let problem = self.error("signe-inconnu", message, span, "", &help);
                    let gap = if matches!(first, '&' | '|') { gap } else { "" };
                    return Some(problem.remedy(help, self.file, [(span, format!("{gap}{word}"))]));
                }
                let help = match first {
                    ';' => "une liste se sépare par des virgules",
                    '[' | ']' | '{' | '}' => "écrire des parenthèses",
                    _ => "",
                };
                at(&format!("« {first} » n'est pas un signe du langage"), help, "signe-inconnu")
            }
            _ => None,
        }
    }

    /// Whether a sign opens a text, as it opens one elsewhere: « 'Quel âge ?' », « <<Quel âge ?>> ».
    fn opens_quotes(&self, open: Piece<'a>) -> bool {
        let Some((before, _)) = self.around(open.span) else { return false };
        let start = open.span.start as usize;
        let rest = self.file.text().get(start..self.span.end as usize).unwrap_or("").trim_end();
        let closed = |open: &str, close: &str| {
            rest.starts_with(open) && rest.get(open.len()..).is_some_and(|r| r.contains(close))
        };
        before.trim().is_empty()
            && (closed("<<", ">>") || closed("'", "'") || closed("’", "’") || closed("‘", "’"))
    }

    /// A text between signs that are no guillemets.
    pub(super) fn other_quotes(&self, open: Piece<'a>, sign: &str) -> Diagnostic {
        let message = format!("un texte se met entre guillemets « », pas entre « {sign} »");
        let start = open.span.start as usize;
        let from = start + sign.len();
        let rest = self.file.text().get(from..self.span.end as usize).unwrap_or("").trim_end();
        let close = match sign {
            "<<" => rest.rfind(">>").map(|at| (at, ">>".len())),
            // An apostrophe may stand within.
            "'" | "’" | "‘" => rest.rfind(['\'', '’']).map(|at| (at, rest.len() - at)),
            _ => rest.find(['"', '“', '”', '„', '‹', '›']).map(|at| {
                (at, rest.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8))
            }),
        };
        let Some((length, close)) = close else {
            let help = match rest.trim() {
                "" => "écrire « … »".to_owned(),
                said => format!("écrire « {said} », en mettant » là où ce texte finit"),
            };
            return self.error("guillemets-droits", message, open.span, "", &help);
        };
        let inner = rest.get(..length).unwrap_or("");
        let span = Span::new(start, from + length + close);
        let says = format!("« {} »", inner.trim());
        // Guillemets within guillemets would be copied as they stand.
        let help = format!("écrire {says}");
        self.error("guillemets-droits", message, span, "", &help).remedy(help, self.file, [(span, says)])
    }

    /// The line's text before and after a place.
    pub(super) fn around(&self, span: Span) -> Option<(&'a str, &'a str)> {
        let text = self.file.text();
        Some((
            text.get(self.span.start as usize..span.start as usize)?,
            text.get(span.end as usize..self.span.end as usize)?,
        ))
    }

    pub(super) fn parentheses(&self) -> Option<Diagnostic> {
        let mut open: Vec<Piece<'a>> = Vec::new();
        for piece in &self.pieces {
            match piece.text {
                "(" => open.push(*piece),
                ")" if open.pop().is_none() => {
                    return Some(self.error(
                        "parenthese-en-trop",
                        "cette parenthèse ne ferme rien".to_string(),
                        piece.span,
                        "",
                        "l'enlever, ou en ouvrir une avant",
                    ));
                }
                _ => {}
            }
        }
        let unclosed = open.pop()?;
        (self.wants(Rule::close) && self.next().is_none()).then(|| {
            self.error(
                "parenthese-ouverte",
                "cette parenthèse n'est jamais fermée".to_string(),
                unclosed.span,
                "ouverte ici",
                "ajouter « ) »",
            )
        })
    }
}
