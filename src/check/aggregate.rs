//! Lists: what is counted, summed, compared or verified of their elements.

use super::names::{Found, Scope, What};
use super::seen::Meant;
use super::types::Ty;
use super::{Checker, Slot, Typed, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{ExprId, ExprKind as Kind, ListId, Type};
use crate::source::Span;
use crate::syntax::tree::{Aggregate, Expr, ExprKind, Path};
use crate::text;

impl Checker<'_> {
    pub(super) fn lower_aggregate(
        &mut self,
        kind: Aggregate,
        path: &Path,
        filter: Option<&Expr>,
        property: Option<&Expr>,
        span: Span,
        scope: Scope,
    ) -> Typed {
        let of_field = match kind {
            Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => true,
            Aggregate::Count | Aggregate::All | Aggregate::Exists | Aggregate::None => false,
        };
        let singular = matches!(kind, Aggregate::Exists | Aggregate::None);
        let list =
            if of_field { self.names.list_above(&path.text) } else { self.names.list(&path.text, singular) };
        let Some(list) = list else {
            self.report_no_list(kind, path, of_field, scope);
            return self.unknown(span);
        };
        self.used.lists.insert(list);
        if !of_field {
            self.note(path, Meant::What(What::List(list)));
        }
        let inside = Some(list);
        if matches!(kind, Aggregate::Count | Aggregate::Sum)
            && let Some(compared) = filter.and_then(|filter| self.compared_count(filter, inside))
        {
            self.report_compared_count(kind, span, compared);
            return self.unknown(span);
        }
        let of = of_field.then(|| self.lower_field(kind, path, list, inside));
        self.enter(scope, list);
        let filter = filter.map(|filter| self.condition(filter, inside));
        let property = property.map(|property| self.condition(property, inside));
        self.leave(span);
        let ty = match (kind, of) {
            (Aggregate::Count, _) => Ty::Of(Type::Integer),
            (Aggregate::All | Aggregate::Exists | Aggregate::None, _) => Ty::Of(Type::Truth),
            (Aggregate::Sum | Aggregate::Greatest | Aggregate::Least, Some(of)) => of.ty,
            (Aggregate::Sum | Aggregate::Greatest | Aggregate::Least, None) => Ty::Unknown,
        };
        if of_field {
            self.sooner(span, ty);
        }
        let of: Option<ExprId> = of.or(property).map(|of| of.id);
        self.push(Kind::Aggregate { kind, list, filter: filter.map(|f| f.id), of }, ty, span)
    }

    /// « nombre d'artisans dont certifié ≥ 2 »: what stands before the sign is a yes or no, and a figure after it.
    fn compared_count(&mut self, filter: &Expr, inside: Scope) -> Option<Span> {
        match &filter.kind {
            ExprKind::And(of) => self.compared_count(of.last()?, inside),
            ExprKind::Compare { left, right, .. } => {
                let ExprKind::Name(path) = &left.kind else { return None };
                let figure = self.file.slice(right.span).starts_with(|c: char| c.is_ascii_digit());
                let known = figure && matches!(self.names.resolve(&path.text, inside), Found::Symbol(_));
                (known && self.lower_name(path, inside).ty == Ty::Of(Type::Truth)).then_some(left.span)
            }
            _ => None,
        }
    }

    fn report_compared_count(&mut self, kind: Aggregate, count: Span, before: Span) {
        let counted = Span::new(count.start as usize, before.end as usize);
        let says = format!("({})", self.file.slice(counted));
        let rest = self.file.slice(Span::new(before.end as usize, count.end as usize));
        let help = format!("écrire « {says}{rest} »");
        let what = if kind == Aggregate::Sum { "la somme" } else { "le nombre" };
        let message = format!("la comparaison porte sur ce qui suit « dont », non sur {what}");
        let at = |place: u32, text: &str| (Span::new(place as usize, place as usize), text.to_owned());
        let edits = vec![at(count.start, "("), at(before.end, ")")];
        let diagnostic = Diagnostic::error("signe-manquant", message)
            .at(self.file, count, "des parenthèses sont attendues autour de ce qui est comparé")
            .help(&help)
            .remedy(help, self.file, edits);
        self.report(diagnostic);
    }

    /// What is summed or compared: a field, or a definition of each element.
    fn lower_field(&mut self, kind: Aggregate, path: &Path, list: ListId, inside: Scope) -> Typed {
        if self.names.get(&path.text).is_none() {
            if !self.may_be_lost(&path.text)
                && (self.is_weary() || !self.is_glued_list(path, true))
                && !self.said_before("nom-inconnu", &path.text, path.span)
            {
                self.report_no_field(kind, path, list);
            }
            return self.unknown(path.span);
        }
        let typed = self.lower_name(path, inside);
        let suits = match kind {
            Aggregate::Sum => typed.ty.is_numeric(),
            _ => typed.ty.is_numeric() || typed.ty == Ty::Of(Type::Date),
        };
        if suits || typed.ty.is_unknown() {
            return typed;
        }
        let message = format!(
            "« {} » est {} : cela ne {}",
            path.text,
            self.type_words(typed.ty),
            if kind == Aggregate::Sum {
                "s'additionne pas"
            } else {
                "se range pas du plus petit au plus grand"
            }
        );
        let list_path = self.names.list_path(list).clone();
        let help = match typed.ty {
            Ty::Of(Type::Truth | Type::Choice(_)) => {
                let field = path.text.get(list_path.len() + 1..).unwrap_or_default();
                Some(format!("pour compter, écrire « nombre {} dont {field} … »", words::of(&list_path)))
            }
            _ => None,
        };
        self.error("types-incompatibles", message, path.span, "un nombre est attendu", help);
        self.unknown(path.span)
    }

    /// A field that the list does not have, and those that it may have meant.
    fn report_no_field(&mut self, kind: Aggregate, path: &Path, list: ListId) {
        let list = self.names.list_path(list).clone();
        let near = text::nearest(&path.text, self.names.members(&list));
        let suits = |ty: Ty| ty.is_numeric() || kind != Aggregate::Sum && ty == Ty::Of(Type::Date);
        let mut fields = self.members_that(&list, &suits);
        // What follows a field's name is more than a name: to leave it out would lose what it says.
        fields.retain(|field| path.text.strip_prefix(*field).is_none_or(|rest| !rest.starts_with(' ')));
        let diagnostic = Diagnostic::error("nom-inconnu", format!("nom inconnu : « {} »", path.text)).at(
            self.file,
            path.span,
            format!("« {list} » n'a ni fait ni définition de ce nom"),
        );
        self.report(match (near, fields.as_slice()) {
            (Some(near), _) => diagnostic.help(format!("vouliez-vous dire « {near} » ?")),
            (None, [field]) => diagnostic.instead(self.file, path.span, &[field]),
            (None, []) => {
                let help =
                    format!("le déclarer dans le « dossier », ou par une « définition {} »", path.text);
                diagnostic.help(help)
            }
            (None, several) => {
                let shown = words::quoted_list(several.iter().copied(), "ou");
                diagnostic.help(format!("chaque élément a {shown}"))
            }
        });
    }

    /// What is declared of each element of a list, where its type suits.
    fn members_that(&self, list: &str, suits: &dyn Fn(Ty) -> bool) -> Vec<&str> {
        let what = |member: &str| self.names.get(member).and_then(|symbol| self.what_type(symbol.what));
        let members = self.names.members(list).into_iter();
        members.filter(|member| what(member).is_some_and(suits)).collect()
    }

    /// An example of what may be asked of a list, before « dont »: what is summed where the line sums.
    pub(super) fn example_of(&self, list: &str, span: Span) -> String {
        let summed = self.line_before(span).is_some_and(|line| line.contains("somme d"));
        match self.members_that(list, &Ty::is_numeric).first().filter(|_| summed) {
            Some(field) => format!("somme {}", words::of(field)),
            None => format!("nombre {}", words::of(list)),
        }
    }

    /// `somme de devis.prix si local`: the elements that count are told apart by « dont ».
    pub(super) fn told_apart(&self, path: &Path) -> Option<Diagnostic> {
        const ASKED: [&str; 4] = ["nombre d", "somme d", "plus grand d", "plus petit d"];
        let line = self.line_before(path.span)?;
        let (not, head) = match line.strip_suffix("non ") {
            Some(head) => ("non ", head),
            None => ("", line),
        };
        let head = head.strip_suffix(" si ")?;
        let from = ASKED.iter().filter_map(|asked| head.rfind(asked)).max()?;
        let starts = head.match_indices([' ', '\'', '’']).map(|(at, by)| at + by.len());
        let list = starts.filter(|start| *start > from).find_map(|start| {
            let tail = head.get(start..)?;
            let field = self.names.get(tail).and_then(|_| self.names.list_above(tail));
            self.names.list(tail, false).or(field)
        })?;
        let list = self.names.list_path(list);
        let name = path.text.strip_prefix(&**list).map_or(&*path.text, |rest| rest.trim_start_matches('.'));
        self.names.get(&format!("{list}.{name}"))?;
        let start = path.span.start as usize - (line.len() - from);
        let new = format!("{} dont {not}{name}", head.get(from..)?);
        let message = format!("« {name} » est propre à chaque élément de « {list} »");
        let place =
            Span::new(path.span.start as usize - (line.len() - head.len()) + 1, path.span.end as usize);
        let diagnostic = Diagnostic::error("champ-hors-liste", message).at(
            self.file,
            place,
            "une condition sur les éléments suit « dont »",
        );
        Some(diagnostic.instead(self.file, Span::new(start, path.span.end as usize), &[new]))
    }

    pub(super) fn report_no_list(&mut self, kind: Aggregate, path: &Path, of_field: bool, scope: Scope) {
        if self.may_be_lost(&path.text) || (!self.is_weary() && self.is_glued_list(path, of_field)) {
            return;
        }
        if of_field && self.names.list(&path.text, false).is_some() {
            let list = self.names.list(&path.text, false);
            let members = self.members_that(&path.text, &Ty::is_numeric);
            let example = members.first().map_or_else(|| format!("{}.…", path.text), |m| (*m).to_owned());
            if let Some(list) = list {
                self.used.lists.insert(list);
            }
            let message =
                format!("« {} » est une liste : dire quelle valeur de chaque élément est retenue", path.text);
            let help = format!("par exemple « {example} »");
            self.error("champ-attendu", message, path.span, "liste entière", Some(help));
            return;
        }
        if let (false, Some(list)) = (of_field, self.names.list_above(&path.text)) {
            self.used.lists.insert(list);
            let list = self.names.list_path(list).clone();
            let message = format!("« {} » est une valeur de chaque élément, non une liste", path.text);
            let help = match kind {
                Aggregate::Count => {
                    format!("pour compter les éléments, écrire « nombre {} »", words::of(&list))
                }
                _ => format!("écrire « {list} », puis la condition avec ses valeurs"),
            };
            self.error("liste-attendue", message, path.span, "liste attendue", Some(help));
            return;
        }
        if let Found::Symbol(symbol) = self.names.resolve(&path.text, scope) {
            let message = format!("« {} » n'est pas une liste", path.text);
            let mut diagnostic = Diagnostic::error("liste-attendue", message)
                .at(self.file, path.span, "liste attendue")
                .at(self.file, symbol.span, "déclaré ici");
            if of_field {
                diagnostic =
                    diagnostic.help("pour choisir entre plusieurs valeurs, les séparer par des virgules");
            }
            self.report(diagnostic);
            return;
        }
        if self.said_before("nom-inconnu", &path.text, path.span) {
            return;
        }
        if let Some(diagnostic) = self.field_before_list(path).filter(|_| of_field) {
            self.report(diagnostic);
            return;
        }
        if let Some(diagnostic) = self.elements_said(path) {
            self.report(diagnostic);
            return;
        }
        let help = match self.names.nearest_list(&path.text) {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None if let Some(list) = self.list_at_head(&path.text) => format!(
                "« {list} » est une liste : ce qui est dit de ses éléments suit « dont », par exemple « {list} dont … »"
            ),
            None if let Some(only) = self.names.only_list() => format!(
                "écrire « {only} », la seule liste ; une liste se déclare dans le « dossier » : « adhérents : liste »"
            ),
            None => "une liste se déclare dans le « dossier » : « adhérents : liste »".to_owned(),
        };
        let message = format!("nom inconnu : « {} »", path.text);
        self.error("nom-inconnu", message, path.span, "aucune liste ne porte ce nom", Some(help));
    }

    /// « élèves » of « élèves habitant à 3 km »: a list, and what is said of its elements as no language does.
    fn list_at_head(&self, phrase: &str) -> Option<String> {
        let ends = phrase.match_indices(' ').map(|(at, _)| at);
        let list = ends.filter_map(|end| self.names.list(phrase.get(..end)?, true)).last()?;
        Some(self.names.list_path(list).to_string())
    }

    /// « factures des artisans »: a field said before its list.
    pub(super) fn field_before_list(&self, path: &Path) -> Option<Diagnostic> {
        const OF: [&str; 8] = [" des ", " du ", " de la ", " de l'", " de l’", " de ", " d'", " d’"];
        let field = OF.into_iter().find_map(|of| {
            let (field, list) = path.text.split_once(of)?;
            let list = self.names.nearest_list(list)?;
            let members = self.names.members(&list);
            text::nearest(&format!("{list}.{field}"), members).map(str::to_owned)
        })?;
        let message = format!("nom inconnu : « {} »", path.text);
        Some(
            Diagnostic::error("nom-inconnu", message)
                .at(self.file, path.span, "un fait de chaque élément suit le nom de sa liste et un point")
                .instead(self.file, path.span, &[field]),
        )
    }

    /// `rang selon x`: only of an element.
    pub(super) fn lower_rank(
        &mut self,
        by: &Expr,
        filter: Option<&Expr>,
        in_order: bool,
        span: Span,
        scope: Scope,
    ) -> Typed {
        let Some(list) = scope else {
            let message =
                "« rang selon » est le rang d'un élément dans sa liste : ici, il n'y a pas d'élément";
            let help = "l'employer après « dont », ou dans une définition de chaque élément";
            self.error(
                "champ-hors-liste",
                message.to_owned(),
                span,
                "de quel élément s'agit-il ?",
                Some(help.to_owned()),
            );
            return self.unknown(span);
        };
        let typed = self.lower(by, scope);
        // A rank is one among those of which its condition holds: what it reads is of each of them.
        self.enter(None, list);
        let filter = filter.map(|filter| self.condition(filter, scope));
        self.leave(span);
        if typed.ty.is_unknown() || filter.is_some_and(|filter| filter.ty.is_unknown()) {
            return self.unknown(span);
        }
        if !typed.ty.is_numeric() && typed.ty != Ty::Of(Type::Date) {
            let message = format!(
                "« {} » est {} : cela ne se range pas du plus petit au plus grand",
                self.words(by.span),
                self.type_words(typed.ty)
            );
            self.error("types-incompatibles", message, by.span, "un nombre ou une date est attendu", None);
            return self.unknown(span);
        }
        if !in_order {
            self.remark_on_ties(by, list);
        }
        let kind = Kind::Rank { list, by: typed.id, filter: filter.map(|filter| filter.id), in_order };
        self.push(kind, Ty::Of(Type::Integer), span)
    }

    /// « remise des relevés » for `relevés.remis le`: the only date of the dossier of which it says all words.
    fn date_called(&self, said: &str) -> Option<String> {
        let dates = self.facts.iter().filter(|fact| self.question_type(&fact.ask) == Ty::Of(Type::Date));
        let dates: Vec<_> =
            dates.map(|fact| (fact.path.to_string(), super::tried::content(&fact.path))).collect();
        super::tried::said_by(&super::tried::content(said), &dates).map(|(name, _)| name.to_owned())
    }

    /// `remplie par`: a fact or definition that is a date.
    pub(super) fn lower_event(&mut self, expr: &Expr) -> ExprId {
        let typed = self.lower(expr, None);
        let named = match &expr.kind {
            ExprKind::Name(path) => match self.names.get(&path.text).map(|symbol| symbol.what) {
                Some(What::Item(item)) => self.slots[item] == Slot::Definition,
                Some(What::Fact(_)) => true,
                Some(What::Field(_) | What::List(_) | What::Period(_)) | None => false,
            },
            ExprKind::Invalid => true,
            _ => false,
        };
        if typed.ty.is_unknown() {
            return typed.id;
        }
        if typed.ty != Ty::Of(Type::Date) || !named {
            let message = format!(
                "une obligation est remplie par la date d'un évènement ; « {} » est {}",
                self.words(expr.span),
                if named { self.type_words(typed.ty) } else { "un calcul".to_owned() }
            );
            let place = self.with_article(expr.span);
            let problem = Diagnostic::error("types-incompatibles", message).at(
                self.file,
                place,
                "une date est attendue",
            );
            let help = "nommer un fait ou une définition de type date, par exemple « projet.déposé le »";
            self.report(match self.date_called(&self.words(expr.span)) {
                Some(date) => problem.instead(self.file, place, &[date]),
                None => problem.help(help),
            });
        }
        typed.id
    }
}
