/**
 * Cases: the requests that a duel sends, what its own origin answers to each, and the readable file
 * that they are written in. Texts are octet strings: one char is one octet. Depends on the JDK
 * only; enter at {@link dev.banyan.duel.suite.SuiteReader}.
 */
@NullMarked
package dev.banyan.duel.suite;

import org.jspecify.annotations.NullMarked;
