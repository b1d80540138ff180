package notes;

/** A note and its number. */
public record Note(int id, String text) {}
