package dev.banyan.transport;

/**
 * Why a request head was refused.
 *
 * @param status nginx's status: 400, 405, 414, 494, 501 or 505
 * @param reason for the error log, in nginx's words
 */
public record BadRequest(int status, String reason) {}
