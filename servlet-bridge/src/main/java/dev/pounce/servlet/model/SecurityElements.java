package dev.pounce.servlet.model;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.model.LoginConfig.Method;
import dev.pounce.servlet.model.SecurityConstraint.Access;
import dev.pounce.servlet.model.SecurityConstraint.Resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the elements of descriptors that are about security (chapters 13 and 14). */
final class SecurityElements {
    private static final Map<String, Method> METHODS =
            Map.of(
                    "NONE", Method.NONE,
                    "BASIC", Method.BASIC,
                    "DIGEST", Method.DIGEST,
                    "FORM", Method.FORM,
                    "CLIENT-CERT", Method.CLIENT_CERT);

    private SecurityElements() {}

    static SecurityConstraint constraint(Element element) throws DescriptorException {
        List<Resources> resources = new ArrayList<>();
        for (Element each : element.all("web-resource-collection")) {
            resources.add(resources(each));
        }
        if (resources.isEmpty()) {
            throw element.wrong("<security-constraint> needs a <web-resource-collection>");
        }
        List<Element> auth = element.all("auth-constraint");
        Set<String> roles = auth.isEmpty() ? Set.of() : Set.copyOf(auth.get(0).texts("role-name"));
        Access access =
                auth.isEmpty() ? Access.EVERYBODY : roles.isEmpty() ? Access.NOBODY : Access.ROLES;
        return new SecurityConstraint(resources, access, roles, isConfidential(element));
    }

    private static Resources resources(Element element) throws DescriptorException {
        Set<String> methods = Set.copyOf(element.texts("http-method"));
        Set<String> omitted = Set.copyOf(element.texts("http-method-omission"));
        if (!methods.isEmpty() && !omitted.isEmpty()) {
            throw element.wrong(
                    "<web-resource-collection> must not have both <http-method> and"
                            + " <http-method-omission>");
        }
        List<Element> patterns = element.all("url-pattern");
        if (patterns.isEmpty()) {
            throw element.wrong(
                    "<web-resource-collection> needs a <url-pattern>, or it protects nothing");
        }
        for (Element each : patterns) {
            try {
                PathPattern.ofServlet(each.text());
            } catch (IllegalArgumentException e) {
                throw each.wrong(
                        "of a <security-constraint>, "
                                + e.getMessage()
                                + "; as it is it protects nothing");
            }
        }
        return new Resources(element.texts("url-pattern"), methods, omitted);
    }

    private static boolean isConfidential(Element element) throws DescriptorException {
        for (Element each : element.all("user-data-constraint")) {
            String guarantee = each.required("transport-guarantee");
            switch (guarantee) {
                case "NONE" -> {}
                case "INTEGRAL", "CONFIDENTIAL" -> {
                    return true;
                }
                default ->
                        throw each.wrong(
                                "<transport-guarantee> must be NONE, INTEGRAL or CONFIDENTIAL, not"
                                        + " \""
                                        + guarantee
                                        + "\"");
            }
        }
        return false;
    }

    static LoginConfig login(Element element) throws DescriptorException {
        String name = element.optional("auth-method");
        Method method =
                name == null || name.isEmpty()
                        ? element.all("form-login-config").isEmpty() ? Method.BASIC : Method.FORM
                        : METHODS.get(name);
        if (method == null) {
            throw element.wrong(
                    "<auth-method> must be BASIC, DIGEST, FORM, CLIENT-CERT or NONE, not \""
                            + name
                            + "\"");
        }
        String realm = element.optional("realm-name");
        if (method != Method.FORM) {
            return new LoginConfig(method, realm, null, null);
        }
        List<Element> forms = element.all("form-login-config");
        if (forms.isEmpty()) {
            throw element.wrong(
                    "<login-config> with FORM needs a <form-login-config> with the paths of its"
                            + " two pages");
        }
        return new LoginConfig(
                method,
                realm,
                page(forms.get(0), "form-login-page"),
                page(forms.get(0), "form-error-page"));
    }

    private static String page(Element form, String name) throws DescriptorException {
        String path = form.required(name);
        if (!path.startsWith("/")) {
            throw form.wrong("<" + name + "> must begin with /, not be \"" + path + "\"");
        }
        return path;
    }
}
