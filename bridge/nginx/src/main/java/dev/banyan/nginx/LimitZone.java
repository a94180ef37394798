package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;

/**
 * A {@code limit_req_zone} or {@code limit_conn_zone}.
 *
 * @param size in bytes
 * @param milliRequestsPerSecond the rate, in thousandths as nginx counts; 0 for connections
 */
public record LimitZone(String name, Template key, long size, long milliRequestsPerSecond) {}
