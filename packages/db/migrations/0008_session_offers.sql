ALTER TABLE "sessions" ADD COLUMN "earlier_id" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_earlier_id_unique" UNIQUE("earlier_id");