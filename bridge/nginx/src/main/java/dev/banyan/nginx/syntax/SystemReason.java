package dev.banyan.nginx.syntax;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file can't be had, as nginx writes it: the system's number of the error and its words. */
public final class SystemReason {
  private SystemReason() {}

  /** The number and the words; the words alone where the number isn't known. */
  public static String of(IOException e) {
    String words = words(e);
    return switch (words) {
      case "No such file or directory" -> "2: " + words;
      case "Permission denied" -> "13: " + words;
      case "Not a directory" -> "20: " + words;
      case "Is a directory" -> "21: " + words;
      case "Too many open files" -> "24: " + words;
      case "Read-only file system" -> "30: " + words;
      default -> words;
    };
  }

  private static String words(IOException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException _ -> "No such file or directory";
      case AccessDeniedException _ -> "Permission denied";
      case FileNotFoundException _ -> // NAME (WORDS)
          message.substring(message.lastIndexOf('(') + 1).replaceAll("\\)$", "");
      case FileSystemException told when told.getReason() != null -> told.getReason();
      default -> message;
    };
  }
}
