/// Every integration that a Task can name, with what it wants and gives.
@NullMarked
package io.gradus.service.catalog;

import org.jspecify.annotations.NullMarked;
