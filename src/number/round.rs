//! Rounding: never silent, always as an author wrote it.

use super::Ratio;

/// `arrondi …`: to a multiple of `step`, in a direction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// The step: 1/100 for `au centime`, 100 for `à la centaine d'euros`.
    pub step: Ratio,
    /// The direction.
    pub direction: Direction,
}

/// To which multiple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The nearest, a half away from zero.
    HalfAway,
    /// The nearest, a half to the even multiple (`au pair`).
    HalfEven,
    /// `inférieur`: toward −∞.
    Down,
    /// `supérieur`: toward +∞.
    Up,
}

impl Rounding {
    /// The value, rounded. A step of 0 leaves the value as it is.
    pub fn apply(&self, value: &Ratio) -> Ratio {
        let Some(units) = value.div(&self.step) else { return value.clone() };
        let floor = units.floor();
        let chosen = match self.direction {
            Direction::Down => floor,
            Direction::Up => units.ceil(),
            Direction::HalfAway | Direction::HalfEven => {
                let rest = units.sub(&floor);
                let double = rest.add(&rest);
                let above = floor.add(&Ratio::one());
                match double.cmp(&Ratio::one()) {
                    std::cmp::Ordering::Less => floor,
                    std::cmp::Ordering::Greater => above,
                    std::cmp::Ordering::Equal => match self.direction {
                        Direction::HalfAway if value.signum() < 0 => floor,
                        Direction::HalfEven if floor.div(&Ratio::from(2)).is_some_and(|h| h.is_integer()) => {
                            floor
                        }
                        _ => above,
                    },
                }
            }
        };
        chosen.mul(&self.step)
    }
}
