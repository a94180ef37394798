/**
 * The flags for code that asks by OpenFeature: who answers a module for a user. May depend on the
 * router's core and the OpenFeature SDK; begin at {@link dev.banyan.openfeature.BanyanProvider}.
 */
@NullMarked
package dev.banyan.openfeature;

import org.jspecify.annotations.NullMarked;
