/**
 * What a duel tells: a summary for people, XML for build servers, a page to read and to send on.
 * Depends on {@code run}, and on the router's core for taking secrets out; enter at {@link
 * dev.banyan.duel.report.SummaryText}, {@link dev.banyan.duel.report.JUnitXml} and {@link
 * dev.banyan.duel.report.HtmlReport}.
 */
@NullMarked
package dev.banyan.duel.report;

import org.jspecify.annotations.NullMarked;
