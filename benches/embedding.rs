//! How long the bundled model takes for a query and for a passage, on one thread, and how
//! long 100,000 vectors take to be compared.
//!
//! ```sh
//! cargo bench --bench embedding
//! ```
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::time::Instant;

use criterion::Criterion;
use zhida::semantic::{Embedder, Kind, Lane, Matrix, Source, Text, Vector};

/// Some 20 tokens.
const QUERY: &str = "我的包裹在海关停留了十天，请问还要等多久？";

/// Some 180 tokens, repeated.
const SENTENCE: &str =
    "Parcels from outside the country are handed over once the carrier has collected the duty. ";

/// Rows of the matrix.
const ROWS: usize = 100_000;

fn main() {
    let start = Instant::now();
    let embedder = Embedder::open(&Source::Bundled, &Default::default()).expect("the model opens");
    let embedder = embedder.expect("a model is bundled");
    println!("the model is ready after {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let lane = Lane::new();
    let passage = [Text { kind: Kind::Passage, text: SENTENCE.repeat(9) }];
    let mut lot = fastrand::Rng::with_seed(4);
    let mut matrix = Matrix::new(embedder.dimensions(), ROWS);
    for _ in 0..ROWS {
        let values: Vec<f32> = (0..embedder.dimensions()).map(|_| lot.f32() - 0.5).collect();
        matrix.push(&Vector::new(&values).expect("a direction"));
    }
    let query = embedder.query(QUERY).expect("it has a vector").vector;

    let mut criterion = Criterion::default().configure_from_args().sample_size(50);
    criterion.bench_function("query", |bencher| bencher.iter(|| black_box(embedder.query(QUERY))));
    criterion
        .bench_function("passage", |bencher| bencher.iter(|| black_box(embedder.texts(&passage, &lane))));
    criterion.bench_function("100,000 vectors", |bencher| {
        bencher.iter(|| {
            let mut best = (0, f32::MIN);
            matrix.scan(
                &query,
                |_| true,
                |row, cosine| {
                    if cosine > best.1 {
                        best = (row, cosine);
                    }
                },
            );
            black_box(best)
        });
    });
    criterion.final_summary();
}
