"use client";

import { showToast } from "@/app/_components/show-toast";
import { Button } from "@/app/_components/ui/button";

export function ToastSample() {
  return (
    <Button type="button" onClick={() => showToast("The name is changed.")}>
      Show a toast
    </Button>
  );
}
