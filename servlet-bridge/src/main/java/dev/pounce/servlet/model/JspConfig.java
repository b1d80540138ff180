package dev.pounce.servlet.model;

import jakarta.servlet.descriptor.JspConfigDescriptor;
import jakarta.servlet.descriptor.JspPropertyGroupDescriptor;
import jakarta.servlet.descriptor.TaglibDescriptor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What descriptors say to whoever runs JSP files.
 *
 * @param taglibs where tag libraries are described
 * @param groups properties of groups of JSP files
 */
public record JspConfig(List<Taglib> taglibs, List<PropertyGroup> groups)
        implements JspConfigDescriptor {

    /** Copies. */
    public JspConfig {
        taglibs = List.copyOf(taglibs);
        groups = List.copyOf(groups);
    }

    @Override
    public Collection<TaglibDescriptor> getTaglibs() {
        return new ArrayList<>(taglibs);
    }

    @Override
    public Collection<JspPropertyGroupDescriptor> getJspPropertyGroups() {
        return new ArrayList<>(groups);
    }

    /**
     * A tag library.
     *
     * @param uri the name that pages use
     * @param location where it is described
     */
    public record Taglib(String uri, String location) implements TaglibDescriptor {

        @Override
        public String getTaglibURI() {
            return uri;
        }

        @Override
        public String getTaglibLocation() {
            return location;
        }
    }

    /**
     * Properties of a group of JSP files.
     *
     * @param urlPatterns the files
     * @param preludes what is included before each of them
     * @param codas what is included after each of them
     * @param values the further properties by the names of their elements
     */
    public record PropertyGroup(
            List<String> urlPatterns,
            List<String> preludes,
            List<String> codas,
            Map<String, String> values)
            implements JspPropertyGroupDescriptor {

        /** Copies. */
        public PropertyGroup {
            urlPatterns = List.copyOf(urlPatterns);
            preludes = List.copyOf(preludes);
            codas = List.copyOf(codas);
            values = Map.copyOf(values);
        }

        @Override
        public Collection<String> getUrlPatterns() {
            return new ArrayList<>(urlPatterns);
        }

        @Override
        public Collection<String> getIncludePreludes() {
            return new ArrayList<>(preludes);
        }

        @Override
        public Collection<String> getIncludeCodas() {
            return new ArrayList<>(codas);
        }

        @Override
        public @Nullable String getElIgnored() {
            return values.get("el-ignored");
        }

        @Override
        public @Nullable String getErrorOnELNotFound() {
            return values.get("error-on-el-not-found");
        }

        @Override
        public @Nullable String getPageEncoding() {
            return values.get("page-encoding");
        }

        @Override
        public @Nullable String getScriptingInvalid() {
            return values.get("scripting-invalid");
        }

        @Override
        public @Nullable String getIsXml() {
            return values.get("is-xml");
        }

        @Override
        public @Nullable String getDeferredSyntaxAllowedAsLiteral() {
            return values.get("deferred-syntax-allowed-as-literal");
        }

        @Override
        public @Nullable String getTrimDirectiveWhitespaces() {
            return values.get("trim-directive-whitespaces");
        }

        @Override
        public @Nullable String getDefaultContentType() {
            return values.get("default-content-type");
        }

        @Override
        public @Nullable String getBuffer() {
            return values.get("buffer");
        }

        @Override
        public @Nullable String getErrorOnUndeclaredNamespace() {
            return values.get("error-on-undeclared-namespace");
        }
    }
}
