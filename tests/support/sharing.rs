//! Sharing an envelope out, the naive way: round after round, a step at a time; and envelopes drawn at random.

use std::fmt::Write as _;

use conforme::number::round::{Direction, Rounding};
use conforme::number::share::Remainder;
use conforme::syntax::tree::{Expr, ItemKind, Order, SharingDecl, Spanned};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::generate::Writer;
use super::naive::{Naive, Val, big, round};

/// One that shares.
struct Sharer {
    row: usize,
    weight: BigRational,
    cap: Option<BigRational>,
    rank: BigRational,
    exact: BigRational,
    share: BigRational,
}

impl Sharer {
    fn fits(&self, share: &BigRational) -> bool {
        self.cap.as_ref().is_none_or(|cap| share <= cap)
    }
}

impl Naive<'_> {
    /// What « part de F », « restant de F », « enveloppe de F » come to.
    pub fn of_sharing(&self, name: &str, row: Option<usize>) -> Option<Val> {
        let (what, sharing) = name.split_once(" de ")?;
        let item = self.document.items.iter().find(|item| {
            matches!(item.kind, ItemKind::Sharing(_))
                && item.name.as_ref().is_some_and(|own| *own.text == *sharing)
        })?;
        let ItemKind::Sharing(sharing) = &item.kind else { return None };
        let envelope = self.number(&sharing.envelope, None);
        match what {
            "enveloppe" => Some(Val::Num(envelope)),
            "part" => Some(Val::Num(self.shares(sharing).swap_remove(row?))),
            "restant" => {
                Some(Val::Num(self.shares(sharing).into_iter().fold(envelope, |left, share| left - share)))
            }
            _ => None,
        }
    }

    /// Nothing is shared where it is not due.
    pub fn is_shared(&self, sharing: &SharingDecl) -> bool {
        sharing.due.as_ref().is_none_or(|due| self.condition(due, None))
    }

    /// The share of each element.
    pub fn shares(&self, sharing: &SharingDecl) -> Vec<BigRational> {
        let list = &*sharing.list.text;
        let rows = self.facts.lists.get(list).map_or(0, Vec::len);
        let mut all: Vec<Sharer> = (0..rows)
            .filter(|row| sharing.filter.as_ref().is_none_or(|filter| self.truth(filter, Some((list, *row)))))
            .map(|row| {
                let of = |expr| self.number(expr, Some((list, row)));
                let rank = match sharing.order.as_ref().map(|order| &order.value) {
                    Some(Order::By { by, descending: true }) => -of(by),
                    Some(Order::By { by, descending: false }) => of(by),
                    Some(Order::Groups(groups)) => {
                        let own = |group: &Spanned<Expr>| self.truth(&group.value, Some((list, row)));
                        let rank = groups.iter().position(own).unwrap_or(groups.len());
                        BigRational::from_integer(rank.into())
                    }
                    None => BigRational::zero(),
                };
                Sharer {
                    row,
                    weight: sharing
                        .measure
                        .value
                        .as_ref()
                        .map_or_else(|| BigRational::from_integer(1.into()), of),
                    cap: sharing.cap.as_ref().map(|cap| of(&cap.value)),
                    rank,
                    exact: BigRational::zero(),
                    share: BigRational::zero(),
                }
            })
            .filter(|sharer| sharer.weight.is_positive())
            .collect();
        let mut ranks: Vec<BigRational> = all.iter().map(|sharer| sharer.rank.clone()).collect();
        ranks.sort();
        ranks.dedup();
        let mut left = self.number(&sharing.envelope, None);
        for rank in ranks {
            let mut group: Vec<&mut Sharer> = all.iter_mut().filter(|sharer| sharer.rank == rank).collect();
            serve(&left, &mut group, sharing);
            left = group.iter().fold(left, |left, sharer| left - &sharer.share);
        }
        let mut shares = vec![BigRational::zero(); rows];
        for sharer in all {
            shares[sharer.row] = sharer.share;
        }
        shares
    }
}

fn serve(left: &BigRational, group: &mut [&mut Sharer], sharing: &SharingDecl) {
    let again = sharing.again.is_some() || sharing.order.is_some();
    proportions(left, group, again);
    let rounding = &sharing.rounding.as_ref().expect("a rounding").value;
    let down = Rounding { direction: Direction::Down, ..rounding.clone() };
    let remainder = sharing.remainder.as_ref().map(|remainder| remainder.value);
    for sharer in group.iter_mut() {
        sharer.share = round(sharer.exact.clone(), rounding);
        if remainder == Some(Remainder::Lost) || !sharer.fits(&sharer.share) {
            sharer.share = round(sharer.exact.clone(), &down);
        }
    }
    let placed: BigRational = group.iter().map(|sharer| sharer.exact.clone()).sum();
    let placed = if placed == *left || again { placed } else { round(placed, &down) };
    let mut over = placed - group.iter().map(|sharer| sharer.share.clone()).sum::<BigRational>();
    let step = big(&rounding.step);
    match remainder {
        None => {}
        Some(Remainder::Lost) => {
            while over >= step {
                let lost = |sharer: &Sharer| &sharer.exact - &sharer.share;
                let most = group
                    .iter_mut()
                    .filter(|sharer| lost(sharer).is_positive() && sharer.fits(&(&sharer.share + &step)))
                    .reduce(|a, b| if lost(b) > lost(a) { b } else { a });
                let Some(most) = most else { break };
                most.share += &step;
                over -= &step;
            }
        }
        Some(remainder) => {
            // Whose turn it is was settled before anything moved.
            let mut order: Vec<usize> = (0..group.len()).collect();
            if remainder == Remainder::Greatest {
                order.sort_by(|a, b| group[*b].share.cmp(&group[*a].share).then(a.cmp(b)));
            }
            for turn in order {
                let sharer = &mut group[turn];
                let zero = BigRational::zero();
                let room = sharer.cap.as_ref().map(|cap| cap - &sharer.share);
                let moved = if over.is_positive() {
                    room.map_or(over.clone(), |room| room.min(over.clone()))
                } else {
                    over.clone().max(&zero - &sharer.share)
                };
                sharer.share += &moved;
                over -= moved;
            }
        }
    }
}

/// In proportion; where what caps leave is shared again, all that are past theirs are stopped together.
fn proportions(left: &BigRational, group: &mut [&mut Sharer], again: bool) {
    let mut stopped = vec![false; group.len()];
    loop {
        let taken: BigRational =
            group.iter().zip(&stopped).filter(|(_, stopped)| **stopped).map(|(s, _)| s.exact.clone()).sum();
        let total: BigRational =
            group.iter().zip(&stopped).filter(|(_, stopped)| !**stopped).map(|(s, _)| s.weight.clone()).sum();
        if total.is_zero() {
            return;
        }
        let each = (left - &taken) / &total;
        let mut news = false;
        for (sharer, stopped) in group.iter_mut().zip(&mut stopped).filter(|(_, stopped)| !**stopped) {
            sharer.exact = &each * &sharer.weight;
            if let Some(cap) = sharer.cap.clone().filter(|cap| sharer.exact > *cap) {
                sharer.exact = cap;
                *stopped = true;
                news = true;
            }
        }
        if !news || !again {
            return;
        }
    }
}

impl Writer<'_, '_> {
    /// An envelope shared out between the elements.
    pub fn sharing(&mut self) -> String {
        let mut text = "\nrépartition fonds\n  selon T « fonds »\n".to_owned();
        if self.draw.one_in(3) {
            let due = self.draw.pick(&["a1", "n1 ≤ n2", "\n    - a1\n    - n1 ≥ 2 si n2 > 1"]);
            let _ = writeln!(text, "  prévue si {due}");
        }
        let envelope = self.draw.pick(&["10 €", "100 €", "m1", "2 € × n1"]);
        let _ = write!(text, "  enveloppe de {envelope}\n  entre éléments");
        if self.draw.one_in(3) {
            let _ = write!(text, " dont {}", self.element(1));
        }
        let measure =
            self.draw.pick(&["au prorata de poids", "à parts égales", "au prorata de éléments.poids + 1"]);
        let _ = write!(text, "\n  {measure}\n");
        let capped = self.draw.one_in(2);
        if capped {
            let cap = self.draw.pick(&["7 € chacun", "3,50 € × poids", "30 €"]);
            let _ = writeln!(text, "  dans la limite de {cap}");
            match self.draw.below(5) {
                4 => {
                    let _ = writeln!(text, "  d'abord ceux dont {}", self.element(1));
                    if self.draw.one_in(2) {
                        let _ = writeln!(text, "  puis ceux dont {}", self.element(1));
                    }
                }
                0 => text.push_str("  par ordre de poids\n"),
                1 => text.push_str("  par ordre décroissant de éléments.poids\n"),
                2 => text.push_str("  le reste est partagé de même entre les autres\n"),
                _ => {}
            }
        }
        let to = self.draw.pick(&["à la première", "à la plus grande part", "au plus fort reste", ""]);
        let step = self.draw.pick(&["au centime", "à l'euro", "à la dizaine d'euros"]);
        let down = if to.is_empty() || self.draw.one_in(2) { " inférieur" } else { "" };
        let _ = writeln!(text, "  arrondi {step}{down}");
        if !to.is_empty() {
            let _ = writeln!(text, "  le reste {to}");
        }
        if capped || to.is_empty() {
            let _ = writeln!(text, "  le restant {}", self.draw.pick(&["est reporté", "n'est pas attribué"]));
        }
        text
    }
}
