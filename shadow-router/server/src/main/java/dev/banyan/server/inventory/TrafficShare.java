package dev.banyan.server.inventory;

/**
 * Immutable: what a module had of the traffic in a stretch of time.
 *
 * @param callsPerSecond calls at the seam, by Lua and by Java
 * @param timeShare of the time that all calls at the seam took together, from 0 to 1; a call's time
 *     holds that of the modules that it calls and that of its waiting
 */
public record TrafficShare(double callsPerSecond, double timeShare) {}
