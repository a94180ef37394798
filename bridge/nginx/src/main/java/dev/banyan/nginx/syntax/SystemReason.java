package dev.banyan.nginx.syntax;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file can't be had, as nginx writes it: the system's number of the error and its words. */
public final class SystemReason {
  private SystemReason() {}

  /** The number and the words; the words alone where the number isn't known. */
  public static String of(IOException e) {
    String words = words(e);
    return switch (words) {
      case "Operation not permitted" -> "1: " + words;
      case "No such file or directory" -> "2: " + words;
      case "Permission denied" -> "13: " + words;
      case "Device or resource busy" -> "16: " + words;
      case "File exists" -> "17: " + words;
      case "Invalid cross-device link" -> "18: " + words;
      case "Not a directory" -> "20: " + words;
      case "Is a directory" -> "21: " + words;
      case "Too many open files" -> "24: " + words;
      case "File too large" -> "27: " + words;
      case "No space left on device" -> "28: " + words;
      case "Read-only file system" -> "30: " + words;
      case "File name too long" -> "36: " + words;
      case "Directory not empty" -> "39: " + words;
      case "Invalid or incomplete multibyte or wide character" -> "84: " + words;
      case "Disk quota exceeded" -> "122: " + words;
      default -> words;
    };
  }

  private static String words(IOException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException _ -> "No such file or directory";
      case AccessDeniedException _ -> "Permission denied";
      case FileAlreadyExistsException _ -> "File exists";
      case NotDirectoryException _ -> "Not a directory";
      case DirectoryNotEmptyException _ -> "Directory not empty";
      case AtomicMoveNotSupportedException _ -> "Invalid cross-device link";
      case FileNotFoundException _ -> // NAME (WORDS)
          message.substring(message.lastIndexOf('(') + 1).replaceAll("\\)$", "");
      case FileSystemException told when told.getReason() != null -> told.getReason();
      default -> message;
    };
  }
}
