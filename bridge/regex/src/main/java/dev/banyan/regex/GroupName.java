package dev.banyan.regex;

/** A named group: its name and its number, from 1 on. */
public record GroupName(String name, int group) {}
