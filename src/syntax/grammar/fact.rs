//! First lines of items, and the facts of a `dossier` block.

use pest::iterators::Pair;

use super::{Reader, Rule, Source, child, path_of};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Bound, CompareOp, Expr, ExprKind, FactDecl, Name, Path, Quote, Spanned, TypeExpr};

/// What follows `source` on its line, as far as it could be read.
pub(in crate::syntax) struct SourceLine {
    pub name: Path,
    pub title: Option<Quote>,
    pub file: Option<Quote>,
    pub binding: Option<Spanned<bool>>,
}

impl<'a> Reader<'a> {
    /// An item's name, which takes the rest of its line.
    pub fn item_name(&self, rest: Span) -> Option<Path> {
        self.plain_named(rest).or_else(|| self.glossed(Rule::named_line, rest).0)
    }

    fn plain_named(&self, rest: Span) -> Option<Path> {
        let path = self.plain_declared(rest)?;
        let source = Source { reader: self, base: 0 };
        path.parts.iter().for_each(|part| source.check_name(part));
        Some(path)
    }

    /// The names of parameters: one, or several side by side.
    pub fn column_names(&self, rest: Span) -> Vec<Path> {
        let Some((pair, source)) = self.parse(Rule::columns_line, rest) else {
            return self.name_at_start(rest).into_iter().collect();
        };
        let names = pair.into_inner().filter(|part| part.as_rule() == Rule::declared);
        names.map(|name| source.declared(name)).collect()
    }

    /// An item's name, which a quotation may follow.
    pub fn glossed_name(&self, rest: Span) -> (Option<Path>, Option<Quote>) {
        match self.plain_named(rest) {
            Some(name) => (Some(name), None),
            None => self.glossed(Rule::glossed_line, rest),
        }
    }

    /// The name of a definition, the gloss and the options that may follow it.
    pub fn definition(&self, rest: Span) -> (Option<Path>, Option<Quote>, Option<Spanned<TypeExpr>>) {
        if let Some(name) = self.plain_named(rest) {
            return (Some(name), None, None);
        }
        let Some((pair, source)) = self.parse(Rule::definition_line, rest) else {
            return (self.name_at_start(rest), None, None);
        };
        let (mut name, mut gloss, mut options) = (None, None, None);
        for part in pair.into_inner() {
            let span = source.span(&part);
            match part.as_rule() {
                Rule::declared => name = Some(source.declared(part)),
                Rule::quotation => gloss = Some(source.quote(&part)),
                Rule::kind => match source.kind(part) {
                    value @ (TypeExpr::Choice(_) | TypeExpr::Scale(_)) => {
                        options = Some(Spanned { value, span })
                    }
                    _ => self.needless_type(rest, span),
                },
                _ => {}
            }
        }
        (name, gloss, options)
    }

    /// `définition X : entier`.
    fn needless_type(&self, rest: Span, ty: Span) {
        let before = self.slice(Span { start: rest.start, end: ty.start });
        let colon = before.rfind(':').unwrap_or(before.len());
        let start = rest.start as usize + before.get(..colon).unwrap_or("").trim_end().len();
        let written = Span::new(start, ty.end as usize);
        let message =
            "une définition n'annonce que les options d'un choix : sa valeur dit le reste".to_owned();
        let problem = Diagnostic::error("type-en-trop", message).at(self.file, ty, "type à ôter");
        let help = format!("ôter « : {} »", self.slice(ty));
        self.report(problem.help(&help).remedy(help, self.file, [(written, String::new())]));
    }

    fn glossed(&self, rule: Rule, rest: Span) -> (Option<Path>, Option<Quote>) {
        let Some((pair, source)) = self.parse(rule, rest) else {
            return (self.name_at_start(rest), None);
        };
        let mut parts = pair.into_inner();
        let name = child(&mut parts, Rule::declared).map(|p| source.declared(p));
        let gloss = child(&mut parts, Rule::quotation).map(|q| source.quote(&q));
        (name, gloss)
    }

    /// The name with which a line that could not be read begins.
    fn name_at_start(&self, rest: Span) -> Option<Path> {
        let (pair, source) = self.try_parse(Rule::name_start, rest)?;
        child(&mut pair.into_inner(), Rule::declared).map(|p| source.plain_path(p))
    }

    /// `dispositif ess « … »`.
    pub fn policy(&self, rest: Span) -> (Option<Path>, Option<Quote>) {
        self.glossed(Rule::policy_line, rest)
    }

    /// `1 à ess « … »`, after `avenant`.
    pub fn amendment(&self, rest: Span) -> (Option<Spanned<u32>>, Option<Path>, Option<Quote>) {
        let Some((pair, source)) = self.parse(Rule::amendment_line, rest) else {
            let name = self.try_parse(Rule::amendment_start, rest).and_then(|(pair, source)| {
                child(&mut pair.into_inner(), Rule::declared).map(|p| source.plain_path(p))
            });
            return (None, name, None);
        };
        let mut parts = pair.into_inner();
        let number = child(&mut parts, Rule::rank_number)
            .and_then(|p| Some(Spanned { value: p.as_str().parse().ok()?, span: source.span(&p) }));
        let name = child(&mut parts, Rule::declared).map(|p| source.declared(p));
        let title = child(&mut parts, Rule::quotation).map(|q| source.quote(&q));
        (number, name, title)
    }

    /// `base du seuil : libéraux`, after `retient lecture`.
    pub fn retention(&self, rest: Span) -> Option<(Path, Name)> {
        let (pair, source) = self.parse(Rule::retention_line, rest)?;
        let mut parts = pair.into_inner();
        let reading = child(&mut parts, Rule::declared).map(|p| source.plain_path(p))?;
        let option = child(&mut parts, Rule::option).and_then(|p| source.option(p))?;
        Some((reading, option))
    }

    /// `seuil, remplace « 10 % » par « 15 % »`, after `dans critère`.
    pub fn rewording(&self, rest: Span) -> Option<(Path, Quote, Quote)> {
        let (pair, source) = self.parse(Rule::rewording_line, rest)?;
        let mut parts = pair.into_inner();
        let name = child(&mut parts, Rule::declared).map(|p| source.plain_path(p))?;
        let mut quotes = parts.filter(|p| p.as_rule() == Rule::quotation).map(|q| source.quote(&q));
        Some((name, quotes.next()?, quotes.next()?))
    }

    /// `libéraux`, after `retient` under a reading.
    pub fn retained(&self, rest: Span) -> Option<Name> {
        let (pair, source) = self.parse(Rule::retained_line, rest)?;
        child(&mut pair.into_inner(), Rule::option).and_then(|p| source.option(p))
    }

    /// `source X « … », texte opposable`.
    pub fn source(&self, rest: Span) -> Option<SourceLine> {
        let Some((pair, source)) = self.parse(Rule::source_line, rest) else {
            let name = self.name_at_start(rest)?;
            return Some(SourceLine { name, title: None, file: None, binding: None });
        };
        let (mut name, mut title, mut file, mut binding) = (None, None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::declared => name = Some(source.declared(part)),
                Rule::quotation if title.is_none() => title = Some(source.quote(&part)),
                Rule::quotation => file = Some(source.quote(&part)),
                rule @ (Rule::binding | Rule::informative) => {
                    binding = Some(Spanned { value: rule == Rule::binding, span: source.span(&part) });
                }
                _ => {}
            }
        }
        if let Some(title) = title.as_ref().filter(|_| file.is_none()) {
            self.file_in_title(title);
        }
        Some(SourceLine { name: name?, title, file, binding })
    }

    /// `« Arrêté, dans « arrêté.txt » »`: a title that goes on to the file, which would never be read.
    fn file_in_title(&self, title: &Quote) {
        let written = self.file.slice(title.span);
        let Some((before, after)) = written.rsplit_once("dans «") else { return };
        let file = after.trim_end_matches(['»', ' ']).trim();
        if !file.contains('.') || file.contains(' ') {
            return;
        }
        let says = format!("{} » dans « {file} »", before.trim_end_matches([' ', ',']));
        let message = "le fichier de cette source est dans son titre : rien ne le lirait";
        let at = title.span.start as usize + before.len();
        let place = Span::new(at, title.span.end as usize);
        let help = "fermer le titre avant « dans »";
        let problem = Diagnostic::error("fichier-dans-le-titre", message).at(self.file, place, "").help(help);
        self.report(problem.remedy(help, self.file, [(title.span, says)]));
    }

    /// `nom « libellé » : type, …`.
    pub fn fact(&self, line: Span) -> Option<FactDecl> {
        let unread = |path: Path| FactDecl {
            path,
            label: None,
            ty: TypeExpr::Invalid,
            ty_span: line,
            bounds: Vec::new(),
            unique: None,
            judge: None,
            asked_if: None,
            question: None,
            notes: Vec::new(),
            span: line,
            whole: line,
        };
        let apart = self.name_at_start(line).and_then(|path| Some((path, self.options_apart(line)?)));
        if let Some((path, (ty, ty_span))) = apart {
            return Some(FactDecl { ty, ty_span, ..unread(path) });
        }
        let Some((pair, source)) = self.parse(Rule::fact_line, line) else {
            return self.name_at_start(line).map(unread);
        };
        let mut fact = None;
        for part in pair.into_inner() {
            if part.as_rule() == Rule::declared {
                let path = source.declared(part);
                fact = Some(unread(path));
                continue;
            }
            let Some(fact) = &mut fact else { continue };
            match part.as_rule() {
                Rule::quotation => fact.label = Some(source.quote(&part)),
                Rule::kind => {
                    fact.ty_span = source.span(&part);
                    fact.ty = source.kind(part);
                }
                Rule::bounds => {
                    fact.ty_span = fact.ty_span.to(source.span(&part));
                    fact.bounds = source.bounds(part);
                }
                Rule::unique => fact.unique = Some(source.span(&part)),
                Rule::judged => {
                    source.uncontracted(&part);
                    let start = source.span(&part).start as usize;
                    fact.judge = child(&mut part.into_inner(), Rule::judge).map(|judge| {
                        let span = source.span(&judge);
                        let before = source.reader.file.slice(Span::new(start, span.start as usize));
                        let name = [article(before), source.written(&judge)].concat();
                        Spanned { value: super::shown(&name), span }
                    });
                }
                Rule::asked_if => fact.asked_if = source.condition_of(part),
                _ => {}
            }
        }
        fact
    }
}

/// The article that « du » and « des » hold.
fn article(before: &str) -> &'static str {
    match before.split_whitespace().next_back() {
        Some("du") => "le ",
        Some("des") => "les ",
        _ => "",
    }
}

impl<'a> Source<'_, 'a> {
    pub(super) fn plain_path(&self, pair: Pair<'a, Rule>) -> Path {
        let whole = self.span(&pair);
        let parts: Vec<Name> =
            pair.into_inner().filter(|p| p.as_rule() == Rule::declared_name).map(|p| self.name(&p)).collect();
        path_of(parts, whole)
    }

    /// A declared name; one that an expression could not read back is refused.
    fn declared(&self, pair: Pair<'a, Rule>) -> Path {
        let path = self.plain_path(pair);
        path.parts.iter().for_each(|part| self.check_name(part));
        path
    }

    fn kind(&self, pair: Pair<'a, Rule>) -> TypeExpr {
        let Some(kind) = pair.into_inner().next() else { return TypeExpr::Invalid };
        match kind.as_rule() {
            Rule::k_truth => TypeExpr::Truth,
            Rule::k_integer => TypeExpr::Integer,
            Rule::k_number => TypeExpr::Number,
            Rule::k_percent => TypeExpr::Percent,
            Rule::k_money => TypeExpr::Amount,
            Rule::k_date => TypeExpr::Date,
            Rule::k_period => TypeExpr::Period,
            Rule::k_months => TypeExpr::Months,
            Rule::k_days => TypeExpr::Days,
            Rule::k_text => TypeExpr::Text,
            Rule::k_list => TypeExpr::List,
            Rule::k_scale => TypeExpr::Scale(self.options(kind, false)),
            Rule::k_choice => TypeExpr::Choice(self.options(kind, true)),
            _ => TypeExpr::Invalid,
        }
    }

    /// `à l'appréciation de le maire`.
    fn uncontracted(&self, judged: &Pair<'a, Rule>) {
        let span = self.span(judged);
        let file = self.reader.file;
        let found = [(" de le ", "du"), (" de les ", "des")]
            .into_iter()
            .find_map(|(said, says)| Some((file.slice(span).find(said)?, said, says)));
        if let Some((at, said, says)) = found {
            let start = span.start as usize + at + 1;
            let said = said.trim();
            let place = Span::new(start, start + said.len());
            let message = format!("« {said} » s'écrit « {says} »");
            let problem = Diagnostic::error("tournure", message).at(file, place, "");
            self.reader.report(problem.instead(file, place, &[says]));
        }
    }

    /// The options of a scale, or of a choice, which are `listed`.
    fn options(&self, pair: Pair<'a, Rule>, listed: bool) -> Vec<Name> {
        let names: Vec<Name> = pair
            .into_inner()
            .filter(|p| p.as_rule() == Rule::option)
            .filter_map(|p| self.option(p))
            .collect();
        let last = names.len().saturating_sub(1);
        for (rank, name) in names.iter().enumerate() {
            if !(listed && rank == last && rank > 0 && self.joined_options(name)) {
                self.check_name(name);
            }
        }
        names
    }

    fn bounds(&self, pair: Pair<'a, Rule>) -> Vec<Bound> {
        let mut between = [CompareOp::Ge, CompareOp::Le].into_iter();
        pair.into_inner()
            .filter_map(|part| match part.as_rule() {
                Rule::sum => Some(Bound { op: between.next()?, value: self.expr(part) }),
                Rule::bound => {
                    let (mut op, mut value): (_, Option<Expr>) = (CompareOp::Eq, None);
                    for piece in part.into_inner() {
                        match piece.as_rule() {
                            Rule::ge => op = CompareOp::Ge,
                            Rule::le => op = CompareOp::Le,
                            Rule::ne => op = CompareOp::Ne,
                            Rule::gt => op = CompareOp::Gt,
                            Rule::lt => op = CompareOp::Lt,
                            Rule::sum => value = Some(self.expr(piece)),
                            _ => {}
                        }
                    }
                    value.filter(|v| !matches!(v.kind, ExprKind::Invalid)).map(|value| Bound { op, value })
                }
                _ => None,
            })
            .collect()
    }
}
