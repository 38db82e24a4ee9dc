//! Which queries ask the same: over scripts, pinyin, typos and the order of words.
//!
//! A query becomes a set of small features with weights. Han characters count by how they
//! sound, so that 退貨, 退货, 退活 and `tuihuo` are one; words with spaces by their short sequences
//! of letters, so that a wrong letter changes little. The rarer a feature is among all queries,
//! the more it says (idf). Queries are then joined one by one, those asked most first, with the
//! group whose middle is nearest by cosine, if it is near enough: the leader algorithm of
//! J. A. Hartigan, "Clustering Algorithms" (1975), over an index from features to groups. Once
//! all have one, each chooses again.
//!
//! The constants are the best of a grid on `tests/judgments/gaps`; either half of that does as
//! well with them (docs/benchmarks.md).
//!
//! The same queries in the same order give the same groups.

use rustc_hash::FxHashMap;

use crate::analysis::{Analyzer, is_unspaced, pinyin};
use crate::locale::Locale;

/// A query to be grouped.
pub struct Query<'q> {
    /// As typed.
    pub text: &'q str,
    /// The visitor's locale.
    pub locale: &'q Locale,
    /// How often it was asked.
    pub times: u64,
}

/// How near a query must be to the middle of a group to join it.
const NEAR: f32 = 0.48;

/// What one sound counts, where two in a row count one: without their order.
const SOUND: f32 = 1.2;

/// How much rarity counts: less than one, as among few queries it is often chance.
const RARITY: f32 = 0.7;

/// What a feature that says nothing of the subject still counts.
const FUNCTION_WORD: f32 = 0.25;

/// Groups that one feature leads to at most: the first, which are asked most.
const MOST_LED_TO: usize = 2_000;

/// Returns the groups of queries by their positions, the largest first; inside, those asked most
/// first.
pub fn cluster(queries: &[Query], analyzer: &Analyzer) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..queries.len()).collect();
    order.sort_by(|a, b| {
        let (one, other) = (&queries[*a], &queries[*b]);
        other.times.cmp(&one.times).then_with(|| one.text.cmp(other.text)).then(a.cmp(b))
    });
    let mut features = Features::default();
    let sets: Vec<Vec<(u32, f32)>> = queries.iter().map(|query| features.of(query, analyzer)).collect();
    let vectors = weighted(&sets, features.count());
    let mut groups = Groups::default();
    for at in order.iter().copied() {
        groups.join(at, &vectors[at]);
    }
    // The first ones joined before their group was what it is.
    for at in &order {
        groups.leave(*at, &vectors[*at]);
        groups.join(*at, &vectors[*at]);
    }
    groups.into_sorted(queries)
}

/// Features by number.
#[derive(Default)]
struct Features {
    numbers: FxHashMap<String, u32>,
}

impl Features {
    fn count(&self) -> usize {
        self.numbers.len()
    }

    fn number(&mut self, feature: &str) -> u32 {
        let next = self.numbers.len() as u32;
        match self.numbers.get(feature) {
            Some(number) => *number,
            None => *self.numbers.entry(feature.to_owned()).or_insert(next),
        }
    }

    /// Returns the features of a query, each once, with what it counts.
    fn of(&mut self, query: &Query, analyzer: &Analyzer) -> Vec<(u32, f32)> {
        let text = analyzer.without_politeness(query.text);
        let folded = analyzer.normalize(text).folded;
        let mut found: FxHashMap<u32, f32> = FxHashMap::default();
        let mut add = |number: u32, weight: f32| {
            let known = found.entry(number).or_default();
            *known = known.max(weight);
        };
        let mut sounds: Vec<(String, f32)> = Vec::new();
        for word in words(&folded) {
            if word.iter().all(|c| is_unspaced(*c)) {
                let weights = unspaced_weights(word, analyzer, query.locale);
                sounds.extend(word.iter().zip(weights).map(|(c, weight)| (sound(*c), weight)));
                continue;
            }
            let spelled: String = word.iter().map(|c| crate::analysis::bare_letter(*c)).collect();
            if let Some(syllables) = pinyin::syllables(&spelled).filter(|_| query.locale.language() == "zh") {
                sounds.extend(syllables.into_iter().map(|syllable| (syllable.to_owned(), 1.0)));
                continue;
            }
            self.word(&spelled, analyzer, query.locale, &mut add);
        }
        for (sound, weight) in &sounds {
            add(self.number(sound), weight * SOUND);
        }
        for pair in sounds.windows(2) {
            let [(first, one), (second, other)] = pair else { continue };
            add(self.number(&format!("{first} {second}")), (one * other).sqrt());
        }
        let mut found: Vec<(u32, f32)> = found.into_iter().collect();
        found.sort_unstable_by_key(|(number, _)| *number);
        found
    }

    /// Adds a word of letters: its stem, and its sequences of three letters.
    fn word(&mut self, word: &str, analyzer: &Analyzer, locale: &Locale, add: &mut impl FnMut(u32, f32)) {
        let weight = if analyzer.is_function_word(word, locale) { FUNCTION_WORD } else { 1.0 };
        let letters: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
        let count = letters.len().saturating_sub(2).max(1) as f32;
        // A long word does not count more than a short one.
        let each = weight * (2.0 / count).sqrt().min(1.0);
        for three in letters.windows(3) {
            add(self.number(&three.iter().collect::<String>()), each);
        }
        for (stem, _) in analyzer.analyze(word, locale).words.iter() {
            add(self.number(&format!("={stem}")), weight);
        }
    }
}

/// Cuts a text into words: letters that belong together, and what stands between others without
/// spaces.
fn words(folded: &[char]) -> Vec<&[char]> {
    let mut words = Vec::new();
    let mut start = 0;
    for at in 0..=folded.len() {
        let ends = at == folded.len()
            || !folded[at].is_alphanumeric()
            || at > start && is_unspaced(folded[at]) != is_unspaced(folded[start]);
        if ends {
            if at > start {
                words.push(&folded[start..at]);
            }
            start = at + usize::from(at < folded.len() && !folded[at].is_alphanumeric());
        }
    }
    words
}

/// Returns what each character counts: little where it belongs to a word that says nothing of the
/// subject.
fn unspaced_weights(word: &[char], analyzer: &Analyzer, locale: &Locale) -> Vec<f32> {
    let text: String = word.iter().collect();
    let mut weights = vec![1.0; word.len()];
    for (term, bytes) in analyzer.analyze(&text, locale).words.iter() {
        if analyzer.is_function_word(term, locale) {
            let first = text[..bytes.start].chars().count();
            let count = text[bytes].chars().count();
            weights[first..first + count].fill(FUNCTION_WORD);
        }
    }
    weights
}

/// Returns how a character sounds; itself where that is not known.
fn sound(c: char) -> String {
    pinyin::readings(c).first().map_or_else(|| c.to_string(), |reading| (*reading).to_owned())
}

/// Weighs features by how rare they are, and makes every vector one long.
fn weighted(sets: &[Vec<(u32, f32)>], features: usize) -> Vec<Vec<(u32, f32)>> {
    let mut with = vec![0_u32; features];
    sets.iter().flatten().for_each(|(number, _)| with[*number as usize] += 1);
    let all = sets.len() as f32;
    let idf = |number: u32| (1.0 + all / with[number as usize] as f32).ln().powf(RARITY);
    let weigh = |set: &Vec<(u32, f32)>| {
        let vector: Vec<(u32, f32)> =
            set.iter().map(|(number, weight)| (*number, weight * idf(*number))).collect();
        let length =
            vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.into_iter().map(|(number, weight)| (number, weight / length)).collect()
    };
    sets.iter().map(weigh).collect()
}

/// Groups in the making.
#[derive(Default)]
struct Groups {
    members: Vec<Vec<usize>>,
    /// The sum of the vectors of each.
    sums: Vec<FxHashMap<u32, f32>>,
    lengths: Vec<f32>,
    group_of: FxHashMap<usize, usize>,
    /// The groups that have a feature.
    by_feature: FxHashMap<u32, Vec<u32>>,
}

impl Groups {
    /// Joins a query with the nearest group, or starts one.
    fn join(&mut self, query: usize, vector: &[(u32, f32)]) {
        let nearest = self.nearest(vector).filter(|(_, cosine)| *cosine >= NEAR);
        let group = match nearest {
            Some((group, _)) => group,
            None => {
                self.members.push(Vec::new());
                self.sums.push(FxHashMap::default());
                self.lengths.push(0.0);
                self.members.len() - 1
            }
        };
        self.members[group].push(query);
        self.group_of.insert(query, group);
        self.add(group, vector);
    }

    fn add(&mut self, group: usize, vector: &[(u32, f32)]) {
        for (feature, weight) in vector {
            let sum = self.sums[group].entry(*feature).or_insert_with(|| {
                self.by_feature.entry(*feature).or_default().push(group as u32);
                0.0
            });
            *sum += weight;
        }
        self.measure(group);
    }

    fn measure(&mut self, group: usize) {
        self.lengths[group] = self.sums[group].values().map(|weight| weight * weight).sum::<f32>().sqrt();
    }

    /// Returns the group whose middle is nearest, and how near that is.
    fn nearest(&self, vector: &[(u32, f32)]) -> Option<(usize, f32)> {
        let mut dots: FxHashMap<u32, f32> = FxHashMap::default();
        for (feature, weight) in vector {
            for group in self.by_feature.get(feature).into_iter().flatten().take(MOST_LED_TO) {
                *dots.entry(*group).or_default() += weight * self.sums[*group as usize][feature];
            }
        }
        let cosines =
            dots.into_iter().map(|(group, dot)| (group as usize, dot / self.lengths[group as usize]));
        cosines
            .filter(|(group, _)| !self.members[*group].is_empty())
            .max_by(|(a, one), (b, other)| one.total_cmp(other).then(b.cmp(a)))
    }

    /// Takes a query out of its group.
    fn leave(&mut self, query: usize, vector: &[(u32, f32)]) {
        let group = self.group_of[&query];
        self.members[group].retain(|member| *member != query);
        for (feature, weight) in vector {
            if let Some(sum) = self.sums[group].get_mut(feature) {
                *sum -= weight;
            }
        }
        self.measure(group);
    }

    fn into_sorted(self, queries: &[Query]) -> Vec<Vec<usize>> {
        let times = |group: &Vec<usize>| group.iter().map(|at| queries[*at].times).sum::<u64>();
        let mut groups: Vec<Vec<usize>> =
            self.members.into_iter().filter(|group| !group.is_empty()).collect();
        for group in &mut groups {
            group.sort_by(|a, b| {
                queries[*b].times.cmp(&queries[*a].times).then_with(|| queries[*a].text.cmp(queries[*b].text))
            });
        }
        groups
            .sort_by(|a, b| times(b).cmp(&times(a)).then_with(|| queries[a[0]].text.cmp(queries[b[0]].text)));
        groups
    }
}
