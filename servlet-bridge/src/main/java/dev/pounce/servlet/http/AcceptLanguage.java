package dev.pounce.servlet.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The languages that a client prefers (RFC 9110 section 12.5.4). */
final class AcceptLanguage {
    private static final Pattern TAG = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern WEIGHT = Pattern.compile("(?i)q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)");

    private record Preference(Locale locale, double weight) {}

    private AcceptLanguage() {}

    /**
     * The locales, the most wanted first; among equals the order is the client's. Members that are
     * malformed, refused with a weight of 0 or no language are left out.
     *
     * @param fieldValues the values of all Accept-Language fields
     */
    static List<Locale> locales(List<String> fieldValues) {
        List<Preference> preferences = new ArrayList<>();
        for (String value : fieldValues) {
            for (String member : value.split(",")) {
                read(member.strip(), preferences);
            }
        }
        preferences.sort(Comparator.comparingDouble(Preference::weight).reversed());
        return preferences.stream().map(Preference::locale).distinct().toList();
    }

    private static void read(String member, List<Preference> preferences) {
        int semicolon = member.indexOf(';');
        String tag = semicolon < 0 ? member : member.substring(0, semicolon).strip();
        double weight = semicolon < 0 ? 1 : weight(member.substring(semicolon + 1).strip());
        if (weight > 0 && TAG.matcher(tag).matches()) {
            preferences.add(new Preference(Locale.forLanguageTag(tag), weight));
        }
    }

    private static double weight(String parameter) {
        return WEIGHT.matcher(parameter).matches() ? Double.parseDouble(parameter.substring(2)) : 0;
    }
}
