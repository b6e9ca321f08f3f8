//! A `répartition` is a financing, and what it defines beside: its envelope, the part of each element, and
//! what is left. It is made into these before anything is declared.

use std::sync::Arc;

use super::names::{Scope, What};
use super::seen::Meant;
use super::types::Ty;
use super::{Checker, Typed};
use crate::diagnostic::Diagnostic;
use crate::number::round::Direction;
use crate::number::share::Sharing;
use crate::policy::{CaseLine, ExprKind as Kind, Share, Type, Written};
use crate::source::Span;
use crate::syntax::tree::sharing::{ENVELOPE, LEFT, PART, name};
use crate::syntax::tree::{
    Aggregate, Bullet, DefinitionDecl, Document, Expr, ExprKind, FundingDecl, Item, ItemKind, Name, Order,
    Path, Quote, RestDecl, ShareDecl, ShareOf, SharingDecl, Spanned, TypeExpr, ValueBody, ValueForm,
};
use crate::text;

const INTEGER: Ty = Ty::Of(Type::Integer);

/// Puts a financing and definitions in the place of each `répartition`; reports what it leaves unsaid.
pub(super) fn expand(mut document: Document, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let mut defined = Vec::new();
    for rank in 0..document.items.len() {
        let item = &document.items[rank];
        let ItemKind::Sharing(sharing) = &item.kind else { continue };
        let is_read = !diagnostics.iter().filter(|d| d.is_error()).any(|d| is_within(d, item.whole));
        if is_read {
            diagnostics.extend(unsaid(&document, item, sharing));
            diagnostics.extend(no_list(&document, &sharing.list));
        }
        let (funding, definitions) = made(item, sharing, list_of(&document, &sharing.list).is_some());
        defined.extend(definitions);
        document.items[rank].kind = ItemKind::Funding(funding);
    }
    document.items.extend(defined);
    document
}

fn is_within(diagnostic: &Diagnostic, whole: Span) -> bool {
    let inside = |span: Span| whole.start <= span.start && span.end <= whole.end;
    diagnostic.labels.first().is_some_and(|label| inside(label.span))
}

fn lists(document: &Document) -> impl Iterator<Item = &Path> {
    super::declare::fact_decls(document)
        .filter(|(_, decl)| matches!(decl.ty, TypeExpr::List))
        .map(|(_, decl)| &decl.path)
}

fn list_of<'d>(document: &'d Document, list: &Path) -> Option<&'d Path> {
    lists(document).find(|path| path.text == list.text)
}

fn no_list(document: &Document, list: &Path) -> Option<Diagnostic> {
    if list_of(document, list).is_some() {
        return None;
    }
    let help = match text::nearest(&list.text, lists(document).map(|path| &*path.text)) {
        Some(near) => format!("vouliez-vous dire « {near} » ?"),
        None => "une liste se déclare dans le « dossier » : « communes : liste »".to_owned(),
    };
    let message = format!(
        "une enveloppe se partage entre les éléments d'une liste ; « {} » n'en est pas une",
        list.text
    );
    Some(Diagnostic::error("nom-inconnu", message).at(&document.file, list.span, "").help(help))
}

/// The financing and the definitions that a `répartition` makes.
fn made(item: &Item, sharing: &SharingDecl, has_list: bool) -> (FundingDecl, Vec<Item>) {
    let own = item.name.as_ref().map_or("", |path| &*path.text);
    let at = item.name.as_ref().map_or(item.span, |path| path.span);
    let path = |above: Option<&Path>, what: &str| {
        let last = Name { text: name(what, own).into(), span: at };
        let mut parts: Vec<Name> = above.map_or_else(Vec::new, |path| path.parts.clone());
        let text: Arc<str> = match above {
            Some(above) => format!("{}.{}", above.text, last.text).into(),
            None => Arc::clone(&last.text),
        };
        parts.push(last);
        Path { text, parts, span: at }
    };
    let define = |path: &Path, what: &str, form: ValueForm, span: Span| Item {
        kind: ItemKind::Definition(DefinitionDecl {
            gloss: Some(Quote { text: format!("{what} ({own})").into(), span: at }),
            options: None,
            body: ValueBody { form, then: Vec::new(), span },
        }),
        name: Some(path.clone()),
        keyword: item.keyword,
        span: item.span,
        whole: item.whole,
        applies: in_force(item, sharing),
        citations: Vec::new(),
        notes: Vec::new(),
        concordances: Vec::new(),
    };
    let (envelope, part, left) = (path(None, ENVELOPE), path(Some(&sharing.list), PART), path(None, LEFT));
    let said = sharing.envelope.span;
    let expr = |kind: ExprKind, span: Span| Expr { kind, span };
    let total = || {
        let path = part.clone();
        let of = ExprKind::Aggregate { kind: Aggregate::Sum, path, filter: None, property: None };
        expr(if has_list { of } else { ExprKind::Invalid }, sharing.list.span)
    };
    let whole = || expr(ExprKind::Name(Path { span: said, ..envelope.clone() }), said);
    let fate = sharing.left.as_ref();
    let left_span = fate.map_or(at, |fate| fate.span);
    let share = |what: ShareOf| ValueForm::Share(Box::new(ShareDecl { envelope: whole(), what }));
    let mut definitions = vec![
        define(&envelope, ENVELOPE, ValueForm::Single(sharing.envelope.clone()), said),
        define(&left, LEFT, share(ShareOf::Left(total())), left_span),
    ];
    if has_list {
        definitions.push(define(
            &part,
            PART,
            share(ShareOf::Part(Box::new(sharing.clone()))),
            sharing.said(),
        ));
    }
    let funding = FundingDecl {
        each: None,
        due: sharing.due.clone(),
        unless: Vec::new(),
        parts: Vec::new(),
        amount: ValueBody { form: share(ShareOf::Given(total())), then: Vec::new(), span: said },
        frequency: sharing.frequency.clone(),
        lasting: None,
        rest: Some(RestDecl {
            value: expr(ExprKind::Name(left.clone()), left_span),
            fate: fate.map(|fate| fate.value),
        }),
    };
    (funding, definitions)
}

/// When it is shared out: what it defines has no value else.
fn in_force(item: &Item, sharing: &SharingDecl) -> Option<Expr> {
    let expr = |kind: ExprKind, span: Span| Expr { kind, span };
    let holds = |bullet: &Bullet| match &bullet.only_if {
        None => bullet.expr.clone(),
        Some(only_if) => {
            let spared = expr(ExprKind::Not(Box::new(only_if.clone())), only_if.span);
            let asked = expr(ExprKind::And(vec![only_if.clone(), bullet.expr.clone()]), bullet.span);
            expr(ExprKind::Or(vec![spared, asked]), bullet.span)
        }
    };
    let due = sharing.due.iter().flat_map(|due| due.bullets.iter().map(holds));
    let mut all: Vec<Expr> = item.applies.iter().cloned().chain(due).collect();
    let span = all.first()?.span.to(all.last()?.span);
    Some(match all.len() {
        1 => all.remove(0),
        _ => expr(ExprKind::And(all), span),
    })
}

/// What a text must say of a rest, and of roundings that no rest makes good.
fn unsaid(document: &Document, item: &Item, sharing: &SharingDecl) -> Option<Diagnostic> {
    let named = item.name.as_ref().map_or(item.span, |path| item.keyword.to(path.span));
    let (code, message, span, label, help) = match (&sharing.rounding, &sharing.cap) {
        (None, _) => (
            "arrondi-manquant",
            "cette répartition ne dit pas comment les parts s'arrondissent",
            named,
            "une part peut ne pas tomber juste au centime",
            "ajouter « arrondi au centime inférieur » ou « arrondi à l'euro inférieur », selon le texte",
        ),
        (Some(rounding), _) if rounding.value.direction == Direction::Up => (
            "repartition",
            "arrondies au-dessus, les parts dépasseraient l'enveloppe",
            rounding.span,
            "",
            "arrondir en dessous : « arrondi au centime inférieur », et dire ce que devient le reste",
        ),
        (_, Some(cap)) if sharing.left.is_none() => (
            "reste-non-dit",
            "rien ne dit ce que devient ce qui n'a pu être attribué",
            cap.span,
            "quand chacune est à sa limite, il reste quelque chose",
            "ajouter « le restant est reporté » ou « le restant n'est pas attribué », selon le texte ; si ce qu'une \
             limite ôte à l'une va aux autres, « le reste est partagé de même entre les autres »",
        ),
        (Some(rounding), _) if sharing.remainder.is_none() && sharing.left.is_none() => (
            "reste-non-dit",
            "rien ne dit ce que devient ce que l'arrondi laisse",
            rounding.span,
            "des centimes ou des euros ne vont à personne",
            "ajouter, selon le texte, « le reste à la première », « le reste à la plus grande part », « le reste au \
             plus fort reste », « le restant est reporté » ou « le restant n'est pas attribué »",
        ),
        (Some(rounding), _)
            if sharing.remainder.is_none()
                && matches!(rounding.value.direction, Direction::HalfAway | Direction::HalfEven) =>
        {
            (
                "repartition",
                "arrondies au plus près, les parts peuvent dépasser l'enveloppe",
                rounding.span,
                "",
                "arrondir en dessous (« inférieur »), ou dire qui rend la différence : « le reste à la première »",
            )
        }
        (_, None) if sharing.order.is_some() => (
            "repartition",
            match sharing.order.as_ref().map(|order| &order.value) {
                Some(Order::Groups(_)) => "sans limite, les premières prennent toute l'enveloppe",
                Some(Order::By { .. }) | None => "sans limite, le premier rang prend toute l'enveloppe",
            },
            sharing.order.as_ref().map_or(named, |order| order.span),
            "",
            "dire ce que chacune reçoit au plus, par exemple « dans la limite de communes.demande »",
        ),
        (_, None) if sharing.again.is_some() => (
            "repartition",
            "aucune part n'a de limite : il ne reste rien à partager entre les autres",
            sharing.again.unwrap_or(named),
            "",
            "ôter cette ligne, ou dire la limite : « dans la limite de … chacune »",
        ),
        _ => return None,
    };
    Some(Diagnostic::error(code, message).at(&document.file, span, label).help(help))
}

impl Checker<'_> {
    /// The share of an element in an envelope.
    pub(super) fn lower_share(&mut self, share: &ShareDecl, span: Span, scope: Scope) -> Typed {
        let amount = Ty::Of(Type::Amount);
        let whole = self.lower(&share.envelope, None);
        let (whole, sharing) = match &share.what {
            ShareOf::Part(sharing) => (self.expect(whole, amount, "une enveloppe"), sharing),
            ShareOf::Given(total) | ShareOf::Left(total) => {
                let total = self.lower(total, None);
                // An envelope that is no amount is told of once, where it is shared out.
                if total.ty.is_unknown() || whole.ty != amount {
                    return self.unknown(span);
                }
                let left = matches!(share.what, ShareOf::Left(_));
                let kind = Kind::Allotted { total: total.id, envelope: whole.id, left };
                return self.push(kind, amount, span);
            }
        };
        if let Some(list) = scope {
            self.note(&sharing.list, Meant::What(What::List(list)));
        }
        let filter = sharing.filter.as_ref().map(|filter| self.condition(filter, scope));
        let weight = sharing.measure.value.as_ref().map(|weight| self.measured(weight, false, scope));
        let cap = sharing.cap.as_ref().map(|cap| {
            let typed = self.lower(&cap.value, scope);
            self.expect(typed, amount, "la limite d'une part")
        });
        let order = sharing.order.as_ref().map(|order| match &order.value {
            Order::By { by, .. } => self.measured(by, true, scope),
            Order::Groups(groups) => self.grouped(groups, order.span, scope),
        });
        let read = [Some(whole), filter, weight, cap, order];
        let (Some(list), Some(rounding)) = (scope, &sharing.rounding) else { return self.unknown(span) };
        if read.into_iter().flatten().any(|typed| typed.ty.is_unknown()) {
            return self.unknown(span);
        }
        let id = |typed: Option<Typed>| typed.map(|typed| typed.id);
        let descending = sharing
            .order
            .as_ref()
            .is_some_and(|order| matches!(order.value, Order::By { descending: true, .. }));
        let share = Share {
            list,
            envelope: whole.id,
            filter: id(filter),
            weight: id(weight),
            cap: id(cap),
            order: id(order).map(|by| (by, descending)),
            how: Sharing {
                rounding: rounding.value.clone(),
                // Each rank is served whole before the next one.
                again: sharing.again.is_some() || sharing.order.is_some(),
                remainder: sharing.remainder.as_ref().map(|remainder| remainder.value),
            },
        };
        self.push(Kind::Share(Box::new(share)), amount, span)
    }

    /// The rank of the group of an element: 0 for the first, one more for those that no group holds.
    fn grouped(&mut self, groups: &[Spanned<Expr>], span: Span, scope: Scope) -> Typed {
        let mut lines = Vec::with_capacity(groups.len());
        for (rank, group) in (0..).zip(groups) {
            let when = self.condition(&group.value, scope);
            if when.ty.is_unknown() {
                return self.unknown(span);
            }
            let value = self.number(rank, INTEGER, group.span);
            let (when, span) = (when.id, group.span);
            lines.push(CaseLine { when, else_if: rank > 0, value, span, written: Written::Group });
        }
        let last = i64::try_from(groups.len()).unwrap_or(i64::MAX);
        let otherwise = Some(self.number(last, INTEGER, span));
        self.push(Kind::Cases { lines, otherwise }, INTEGER, span)
    }

    /// What shares are measured by, or served in the order of.
    fn measured(&mut self, expr: &Expr, ordered: bool, scope: Scope) -> Typed {
        let typed = self.lower(expr, scope);
        let fits = match typed.ty {
            Ty::Of(ty) if ordered => ty.is_ordered(&self.choices),
            ty => ty.is_numeric() || ty.is_unknown(),
        };
        if fits {
            return typed;
        }
        let (words, ty) = (self.words(expr.span), self.type_words(typed.ty));
        let message = match ordered {
            true => format!("« {words} » est {ty} : cela ne donne pas d'ordre"),
            false => format!("« {words} » est {ty} : une part ne s'y mesure pas"),
        };
        let label =
            if ordered { "un nombre, une date ou un échelon est attendu" } else { "un nombre est attendu" };
        self.error("types-incompatibles", message, expr.span, label, None);
        self.unknown(expr.span)
    }
}
