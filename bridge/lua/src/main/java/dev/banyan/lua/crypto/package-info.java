/**
 * Hashes and ciphers by OpenSSL's names, for what Lua reaches by modules and what it reaches by
 * {@code ffi}. Depends on nothing but the JDK.
 */
@NullMarked
package dev.banyan.lua.crypto;

import org.jspecify.annotations.NullMarked;
