package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class ParametersTest {
    private static Map<String, String[]> query(String query, Charset charset) {
        Parameters parameters = new Parameters(1000);
        parameters.addQuery(query, charset);
        return parameters.toMap();
    }

    private static int refusal(Parameters parameters, String query) {
        return assertThrows(
                        ParameterException.class,
                        () -> parameters.addQuery(query, StandardCharsets.UTF_8))
                .status();
    }

    @Test
    void valuesKeepTheirOrderAndTheQueryComesFirst() {
        Parameters parameters = new Parameters(1000);
        parameters.addQuery("b=1&a=2&&b=3", StandardCharsets.UTF_8);
        parameters.add("b=4&c=".getBytes(StandardCharsets.US_ASCII), StandardCharsets.UTF_8);
        Map<String, String[]> map = parameters.toMap();
        assertEquals(List.of("b", "a", "c"), List.copyOf(map.keySet()));
        assertArrayEquals(new String[] {"1", "3", "4"}, map.get("b"));
        assertArrayEquals(new String[] {""}, map.get("c"));
    }

    @Test
    void percentAndPlusAreDecodedWithTheCharset() {
        assertArrayEquals(
                new String[] {"\u00e9 +="},
                query("a%62=%C3%A9+%2B=", StandardCharsets.UTF_8).get("ab"));
        assertArrayEquals(
                new String[] {"\u00e9"}, query("a=%E9", StandardCharsets.ISO_8859_1).get("a"));
    }

    @Test
    void aNameAloneHasAnEmptyValue() {
        assertArrayEquals(new String[] {""}, query("flag", StandardCharsets.UTF_8).get("flag"));
    }

    @Test
    void malformedPairsAreRefused() {
        for (String bad : List.of("a=%", "a=%4", "a=%zz", "%=1", "a=%C3", "a=%-1&b=2")) {
            assertEquals(400, refusal(new Parameters(1000), bad), bad);
        }
    }

    @Test
    void theNumberOfPairsIsLimited() {
        Parameters parameters = new Parameters(3);
        parameters.addQuery("a&a&a", StandardCharsets.UTF_8);
        assertEquals(413, refusal(parameters, "a"));
    }

    @Test
    void theMapCannotBeChanged() {
        Map<String, String[]> map = query("a=1", StandardCharsets.UTF_8);
        assertThrows(UnsupportedOperationException.class, map::clear);
    }
}
