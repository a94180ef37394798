/** Tests of reports. */
@NullMarked
package dev.banyan.duel.report;

import org.jspecify.annotations.NullMarked;
