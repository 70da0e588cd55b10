/**
 * The gates of the house: what holds for all modules, and for the repository they stand in. Start
 * from {@link io.evenkeel.house.FloorPlan}, the table of modules and what each may use; a new
 * module is a row there. Each rule is proved on a planted fault that breaks it.
 */
package io.evenkeel.house;
