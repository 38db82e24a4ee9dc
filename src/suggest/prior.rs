//! What experience counts for.
//!
//! Articles that agents found to solve tickets come up, those that they said are wrong go
//! down, by a tenth of the score at most: enough to choose between two that match alike, and
//! never enough to lift what does not match.

/// How often agents did what with an article, each ticket counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Experience {
    /// Put it into a reply, or said that it solved the problem.
    pub helped: u32,
    /// Said that it is wrong.
    pub rejected: u32,
}

/// The part of the score that experience can give or take.
const MOST: f32 = 0.1;

/// Tickets after which experience counts half of that.
const HALF: f32 = 5.0;

impl Experience {
    /// Returns what the score is multiplied by, 0.9 to 1.1: the surplus of those who were
    /// helped, among all and `HALF` more who said nothing.
    pub fn factor(self) -> f32 {
        let (helped, rejected) = (self.helped as f32, self.rejected as f32);
        1.0 + MOST * (helped - rejected) / (helped + rejected + HALF)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn experience_is_bounded() {
        let factor = |helped, rejected| Experience { helped, rejected }.factor();
        assert_eq!(factor(0, 0), 1.0);
        assert_eq!(factor(5, 0), 1.05);
        assert_eq!(factor(0, 5), 0.95);
        assert_eq!(factor(7, 7), 1.0);
        assert!(factor(u32::MAX, 0) <= 1.1 && factor(0, u32::MAX) >= 0.9);
    }
}
