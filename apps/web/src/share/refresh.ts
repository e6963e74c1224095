/** How often what is shared is asked for again, in milliseconds: nobody tells of who asks, comes or goes. */
export const refresh = 5_000;
