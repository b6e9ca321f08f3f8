//! Lines of scales, one or all of them.

use super::*;

impl<'a, 'k, A: Answers> Run<'a, 'k, A> {
    /// What the line of a scale gives that holds its subject.
    pub fn band(&mut self, scale: u32) -> Option<At> {
        let program = self.program;
        let scale = program.scales.get(scale as usize)?;
        match scale.sort {
            Sort::Number => self.band_of::<Small>(scale),
            Sort::Day => self.band_of::<Day>(scale),
            Sort::Pick => {
                let Pick(option) = self.get(scale.of)?;
                let holds = |ends: &Ends| matches!(ends, Ends::Options(options) if options.contains(option));
                match scale.bands.iter().find(|band| holds(&band.range)) {
                    Some(band) => Some(band.value),
                    None => self.band_of::<Pick>(scale),
                }
            }
            Sort::Truth | Sort::Word => None,
        }
    }

    pub(super) fn band_of<S: Of<'a>>(&mut self, scale: &'a crate::eval::plain::program::Scale) -> Option<At> {
        let subject = self.get::<S>(scale.of)?;
        for band in &scale.bands {
            let Ends::Between { low, high } = &band.range else { continue };
            let above = match low {
                None => true,
                Some((low, included)) => {
                    let order = subject.order(&self.get(*low)?, self)?;
                    order.is_gt() || (*included && order.is_eq())
                }
            };
            if !above {
                continue;
            }
            let below = match high {
                None => true,
                Some((high, included)) => {
                    let order = subject.order(&self.get(*high)?, self)?;
                    order.is_lt() || (*included && order.is_eq())
                }
            };
            if below {
                return Some(band.value);
            }
        }
        None
    }

    /// Each slice at its own rate. A slice begins where the one before it ends.
    pub(super) fn slices(&mut self, scale: u32) -> Option<Small> {
        let program = self.program;
        let scale = program.scales.get(scale as usize)?;
        let subject: Small = self.get(scale.of)?;
        let mut total = Small::ZERO;
        let mut from: Option<Small> = None;
        for band in &scale.bands {
            let Ends::Between { low, high } = &band.range else { continue };
            let to = self.end(high)?;
            let start = match from.take() {
                Some(start) => Some(start),
                None => self.end(low)?,
            };
            let reached = match &to {
                Some(to) if *to < subject => *to,
                _ => subject,
            };
            let slice = match start {
                // Below where it starts there is nothing of a slice.
                Some(start) if reached < start => Small::ZERO,
                Some(start) => reached.checked_sub(start)?,
                None => reached,
            };
            from = to;
            if !slice.is_zero() {
                total = total.checked_add(self.get::<Small>(band.value)?.checked_mul(slice)?)?;
            }
        }
        Some(total)
    }

    /// An end of a slice: `Some(None)` where there is none.
    pub(super) fn end(&mut self, end: &Option<(At, bool)>) -> Option<Option<Small>> {
        match end {
            None => Some(None),
            Some((end, _)) => self.get(*end).map(Some),
        }
    }
}
