"""Synthetic photos in numbers that no hand-made set reaches, for benchmarks on scratch databases."""
