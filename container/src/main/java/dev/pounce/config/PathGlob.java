package dev.pounce.config;

import java.util.regex.Pattern;

/**
 * A pattern of paths: {@code *} stands for any characters but slashes, {@code **} for any
 * characters and {@code ?} for one that is no slash. Case matters. Immutable.
 */
final class PathGlob {
    private final Pattern pattern;

    PathGlob(String glob) {
        pattern = Pattern.compile(regex(glob));
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean doubled = c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*';
            if (doubled) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
