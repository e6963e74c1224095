ALTER TABLE "invites" ADD COLUMN "max_uses" integer;--> statement-breakpoint
ALTER TABLE "invites" ADD COLUMN "uses" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "invites" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "room_members" ADD COLUMN "invite_id" uuid;--> statement-breakpoint
ALTER TABLE "room_members" ADD CONSTRAINT "room_members_invite_id_invites_id_fk" FOREIGN KEY ("invite_id") REFERENCES "public"."invites"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_members_invite_id" ON "room_members" USING btree ("invite_id") WHERE "room_members"."invite_id" is not null;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_uses" CHECK ("invites"."uses" between 0 and coalesce("invites"."max_uses", "invites"."uses"));