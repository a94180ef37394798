package dev.banyan.router.parity;

/**
 * Immutable: a rule and what it did.
 *
 * @param hidden calls of which it hid a difference
 * @param expired whether it counts no more, so that such calls are mismatches again
 */
public record RuleUse(ParityRule rule, long hidden, boolean expired) {}
