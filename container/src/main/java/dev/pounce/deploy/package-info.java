/**
 * Deployment: from a folder or a war file to routes. Fused handlers and static files are run here;
 * webapps that need more are handed to a {@link dev.pounce.deploy.WebAppProvider}.
 */
package dev.pounce.deploy;
